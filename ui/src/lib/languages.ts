// The six languages, the pseudo-language, and how a first choice is made.

/** Languages with message files. */
export const languages = ['en', 'da', 'sv', 'pl', 'ru', 'uk'] as const;

/** A language with message files. */
export type Language = (typeof languages)[number];

/** What a screen can be set to: a language, or English stretched by a third to find what clips. */
export type Locale = Language | 'en-XA';

/** Each language's own name, so that a lost reader finds the way home. */
export const languageNames: Record<Language, string> = {
  en: 'English',
  da: 'Dansk',
  sv: 'Svenska',
  pl: 'Polski',
  ru: 'Русский',
  uk: 'Українська',
};

/** True when messages exist for `value`. */
export function isLanguage(value: string): value is Language {
  return (languages as readonly string[]).includes(value);
}

/** The first of the wished tags (`pl-PL`, `uk`) that has messages; English when none. */
export function chooseLanguage(wished: readonly string[]): Locale {
  for (const tag of wished) {
    if (tag === 'en-XA') return tag;
    const base = tag.toLowerCase().split('-')[0] ?? '';
    if (isLanguage(base)) return base;
  }
  return 'en';
}
