// Who is signed in. The session itself is a cookie that scripts cannot read; here is only what the server says about it.
import { CallError, toCallError } from '../../lib/errors';
import type { Login } from '../../lib/generated-console/Login';
import type { Me } from '../../lib/generated-console/Me';
import { setLanguage } from '../../lib/l10n.svelte';
import { isLanguage } from '../../lib/languages';
import { rest } from '../../lib/rest';
import { applyTheme } from '../../lib/theme';
import { markLeaving } from './ready';

/** How the console stands: not yet known, nobody, somebody, or no contact. */
export type SessionState = 'loading' | 'out' | 'in' | 'failed';

let state = $state<SessionState>('loading');
let me = $state.raw<Me | null>(null);
let error = $state.raw<CallError | null>(null);

/** How the console stands; reactive. */
export function sessionState(): SessionState {
  return state;
}

/** Who is signed in; reactive. */
export function who(): Me | null {
  return me;
}

/** Why there is no contact; reactive. */
export function sessionError(): CallError | null {
  return error;
}

function isOut(thrown: CallError): boolean {
  return thrown.code.replaceAll('-', '_') === 'not_signed_in';
}

/** A language that this person chose on this device, or in the address, stays. */
function languageChosen(): boolean {
  return localStorage.getItem('carrot.language') !== null || new URLSearchParams(location.search).has('lang');
}

async function enter(found: Me): Promise<void> {
  applyTheme(found.theme);
  if (isLanguage(found.language) && !languageChosen()) {
    // English is built in, so a chunk that cannot be read does not stop the console.
    await setLanguage(found.language).catch(() => setLanguage('en'));
  }
  me = found;
  state = 'in';
}

/** Asks the server who is signed in. */
export async function findSession(): Promise<void> {
  error = null;
  try {
    await enter(await rest<Me>('GET', '/v1/console/me'));
  } catch (thrown) {
    const problem = toCallError(thrown);
    if (isOut(problem)) return leave();
    error = problem;
    if (me === null) state = 'failed';
  }
}

/** Signs in; throws what the server refuses. */
export async function signIn(login: Login): Promise<void> {
  markLeaving();
  await enter(await rest<Me>('POST', '/v1/console/login', login));
}

/** Shows the sign-in: the session is over. */
export function leave(): void {
  markLeaving();
  me = null;
  state = 'out';
}

/** Signs out. */
export async function signOut(): Promise<void> {
  await rest('POST', '/v1/console/logout', {}).catch(() => undefined);
  leave();
}

/** Notes how many reviews are open. */
export function noteReviews(open: number): void {
  if (me !== null) me = { ...me, reviews_open: open };
}

/** A failure as a screen shows it; when the session is over, the sign-in takes its place. */
export function problemOf(thrown: unknown): CallError {
  const problem = toCallError(thrown);
  if (isOut(problem)) leave();
  return problem;
}
