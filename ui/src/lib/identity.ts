// When a device needs a new registration: nothing more is taken under the one that it has.
import type { StatusView } from './generated/StatusView';

/** True when the queue has stopped for good: the device was copied, or its rights were taken away. */
export function endsIdentity(status: Pick<StatusView, 'blocked'> | null): boolean {
  return status?.blocked === 'forked' || status?.blocked === 'revoked';
}
