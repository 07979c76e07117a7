// Messages on the screen: the language is reactive, so every text that came from `t` follows a change at once.
// English is always loaded and stands behind each other language; in tests a missing message is an error.
import { FluentBundle, FluentResource, type FluentVariable } from '@fluent/bundle';
import { chooseLanguage, type Language, type Locale } from './languages';
import english from './messages-en';
import { pseudo } from './pseudo';

/** Arguments of a message: text (also already formatted amounts) or numbers for plural forms. */
export type Args = Record<string, FluentVariable>;

type Files = Record<string, string>;

const loaders: Record<Exclude<Language, 'en'>, () => Promise<{ default: Files }>> = {
  da: () => import('./messages-da'),
  sv: () => import('./messages-sv'),
  pl: () => import('./messages-pl'),
  ru: () => import('./messages-ru'),
  uk: () => import('./messages-uk'),
};
const strict = import.meta.env.MODE === 'test';
const storageKey = 'carrot.language';

function makeBundle(tag: string, files: Files, transform?: (text: string) => string): FluentBundle {
  const bundle = new FluentBundle(tag, { useIsolating: false, ...(transform ? { transform } : {}) });
  for (const text of Object.values(files)) {
    const problems = bundle.addResource(new FluentResource(text));
    if (strict && problems.length > 0) throw problems[0];
  }
  return bundle;
}

const fallback = makeBundle('en', english);
let locale = $state<Locale>('en');
let bundles = $state.raw<readonly FluentBundle[]>([fallback]);

/** The language on the screen now; reactive. */
export function currentLocale(): Locale {
  return locale;
}

/** The tag to give to `Intl`; the pseudo-language counts as English. */
export function intlLocale(): Language {
  return locale === 'en-XA' ? 'en' : locale;
}

/** Loads and shows a language; `remember` keeps the choice on this device. */
export async function setLanguage(next: Locale, remember = false): Promise<void> {
  if (next === 'en') bundles = [fallback];
  else if (next === 'en-XA') bundles = [makeBundle('en', english, pseudo), fallback];
  else bundles = [makeBundle(next, (await loaders[next]()).default), fallback];
  locale = next;
  if (typeof document !== 'undefined') document.documentElement.lang = intlLocale();
  if (remember) localStorage.setItem(storageKey, next);
}

/** The language to begin with: `?lang=` of the address, then the choice of this device, then the system's. */
export function firstLanguage(): Locale {
  const asked = new URLSearchParams(location.search).get('lang');
  const stored = localStorage.getItem(storageKey);
  return chooseLanguage([asked, stored, ...navigator.languages].filter((tag) => tag !== null));
}

function find(id: string): [FluentBundle, Parameters<FluentBundle['formatPattern']>[0]] | null {
  const [name = '', attribute] = id.split('.');
  for (const bundle of bundles) {
    const message = bundle.getMessage(name);
    const pattern = attribute === undefined ? message?.value : message?.attributes[attribute];
    if (pattern !== undefined && pattern !== null) return [bundle, pattern];
  }
  return null;
}

/** True when the message (or `id.attribute`) exists in the language or in English. */
export function hasMessage(id: string): boolean {
  return find(id) !== null;
}

/**
 * The text of message `id` (or of its attribute, `id.remedy`). A missing message throws in tests and shows its id elsewhere.
 */
export function t(id: string, args: Args = {}): string {
  const found = find(id);
  if (found === null) {
    if (strict) throw new Error(`no message "${id}"`);
    console.error(`no message "${id}"`);
    return id;
  }
  const problems: Error[] = [];
  const text = found[0].formatPattern(found[1], args, problems);
  if (strict && problems.length > 0) throw problems[0];
  return text;
}

/** Like `t`, but null when the message is missing or one of its variables is not among `args`. */
export function tryText(id: string, args: Args = {}): string | null {
  const found = find(id);
  if (found === null) return null;
  const problems: Error[] = [];
  const text = found[0].formatPattern(found[1], args, problems);
  return problems.length > 0 ? null : text;
}
