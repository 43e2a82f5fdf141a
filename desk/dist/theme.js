// Runs before the first paint, so that a chosen theme does not flash. See src/lib/theme.svelte.ts.
try {
  const theme = localStorage.getItem("ascribe-theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Storage may be switched off; then the system's theme it is.
}
