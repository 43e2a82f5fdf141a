// Keys of one letter, which work while nobody is typing.

/** Whether the key press is meant for the page: no field is being filled, nothing is held down. */
export function free(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return false;
  if (document.querySelector("dialog[open]")) return false;
  return !(event.target as Element).closest("input, textarea, select, [contenteditable]");
}
