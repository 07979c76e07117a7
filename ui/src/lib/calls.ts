// Calls with their types: each name of the core's catalogue, what it takes and what it answers.
import type { Calls } from './generated/Calls';
import { call as send } from './platform';

/** Asks the core. Rejects with a CallError and nothing else. */
export function call<Name extends keyof Calls>(name: Name, request: Calls[Name][0]): Promise<Calls[Name][1]> {
  return send<Calls[Name][1]>(name, request);
}
