// Light or dark: as the system has it, unless chosen here. public/theme.js sets it before the first paint.

export type Theme = "system" | "light" | "dark";

const KEY = "ascribe-theme";

class Choice {
  theme = $state<Theme>((document.documentElement.dataset["theme"] as Theme | undefined) ?? "system");

  next(): void {
    this.theme = this.theme === "system" ? "light" : this.theme === "light" ? "dark" : "system";
    if (this.theme === "system") delete document.documentElement.dataset["theme"];
    else document.documentElement.dataset["theme"] = this.theme;
    remember(KEY, this.theme === "system" ? null : this.theme);
  }
}

export const choice = new Choice();

/** Keeps a small setting in this browser, where that is allowed. */
export function remember(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // Without storage a setting lasts as long as the page.
  }
}

export function remembered(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}
