// A programme's look as data: six colours, checked for contrast, set on the document at run time.

/** Six colours (`#rrggbb`) of a programme: accent, text on it, and a soft tint, for each scheme. */
export type Theme = {
  accent: string;
  on_accent: string;
  tint: string;
  accent_dark: string;
  on_accent_dark: string;
  tint_dark: string;
};

/** A theme as it comes from outside: any names, not yet checked. */
export type ThemeData = Readonly<Record<string, string>>;

/** How the screen picks its scheme. */
export type Scheme = 'system' | 'light' | 'dark';

const variables: Record<keyof Theme, string> = {
  accent: '--theme-accent',
  on_accent: '--theme-on-accent',
  tint: '--theme-tint',
  accent_dark: '--theme-accent-dark',
  on_accent_dark: '--theme-on-accent-dark',
  tint_dark: '--theme-tint-dark',
};
const colour = /^#[0-9a-f]{6}$/i;
const contrastMin = 4.5;

function channel(value: number): number {
  const part = value / 255;
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
}

function luminance(hex: string): number {
  const at = (from: number) => channel(Number.parseInt(hex.slice(from, from + 2), 16));
  return 0.2126 * at(1) + 0.7152 * at(3) + 0.0722 * at(5);
}

/** WCAG contrast of two `#rrggbb` colours, 1 to 21. */
export function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** Names of the pairs that are not colours or miss 4.5:1; empty when the theme may be used. */
export function themeProblems(theme: ThemeData): string[] {
  const broken = Object.keys(variables).filter((key) => !colour.test(theme[key] ?? ''));
  if (broken.length > 0) return broken;
  return narrowPairs(theme as Theme);
}

function narrowPairs(theme: Theme): string[] {
  const pairs: [string, string, string][] = [
    ['accent/on_accent', theme.accent, theme.on_accent],
    ['accent/tint', theme.accent, theme.tint],
    ['accent/surface', theme.accent, '#ffffff'],
    ['accent_dark/on_accent_dark', theme.accent_dark, theme.on_accent_dark],
    ['accent_dark/tint_dark', theme.accent_dark, theme.tint_dark],
    ['accent_dark/surface_dark', theme.accent_dark, '#1a1e20'],
  ];
  return pairs.filter(([, a, b]) => contrast(a, b) < contrastMin).map(([name]) => name);
}

/**
 * Sets a programme's theme on `root`; `null` returns to Carrot's own.
 * A theme with problems is refused as a whole (returns false), because unreadable text is worse than a plain look.
 */
export function applyTheme(theme: ThemeData | null, root: HTMLElement = document.documentElement): boolean {
  const usable = theme !== null && themeProblems(theme).length === 0;
  for (const [key, name] of Object.entries(variables) as [keyof Theme, string][]) {
    if (usable) root.style.setProperty(name, theme[key] ?? '');
    else root.style.removeProperty(name);
  }
  return usable || theme === null;
}

const schemeKey = 'carrot.scheme';

/** The scheme the person chose on this device; `system` when none. */
export function storedScheme(): Scheme {
  const value = localStorage.getItem(schemeKey);
  return value === 'light' || value === 'dark' ? value : 'system';
}

/** Fixes or frees the scheme and remembers it on this device. */
export function applyScheme(scheme: Scheme): void {
  if (scheme === 'system') {
    delete document.documentElement.dataset.theme;
    localStorage.removeItem(schemeKey);
  } else {
    document.documentElement.dataset.theme = scheme;
    localStorage.setItem(schemeKey, scheme);
  }
}
