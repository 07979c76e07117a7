// The console's places, in the order of the menu, and who sees them. The server decides; this only spares dead ends.
import type { IconName } from '../../components/icons';
import type { Role } from '../../lib/generated-console/Role';

/** A place of the menu. */
export interface Place {
  id: string;
  icon: IconName;
  roles: readonly Role[];
}

const deciders: readonly Role[] = ['manager', 'approver'];
const all: readonly Role[] = ['manager', 'approver', 'purchaser'];

/** All places. */
export const places: readonly Place[] = [
  { id: 'today', icon: 'home', roles: deciders },
  { id: 'review', icon: 'review', roles: deciders },
  { id: 'people', icon: 'people', roles: deciders },
  { id: 'sales', icon: 'shop', roles: all },
  { id: 'claims', icon: 'scan', roles: deciders },
  { id: 'receipts', icon: 'document', roles: deciders },
  { id: 'visits', icon: 'route', roles: deciders },
  { id: 'products', icon: 'package', roles: all },
  { id: 'codes', icon: 'qr', roles: deciders },
  { id: 'rules', icon: 'rules', roles: deciders },
  { id: 'devices', icon: 'phone', roles: deciders },
  { id: 'offline', icon: 'offline', roles: deciders },
  { id: 'money', icon: 'money', roles: deciders },
  { id: 'audit', icon: 'list', roles: ['manager'] },
];

/** The places that a role sees. */
export function placesOf(role: Role): readonly Place[] {
  return places.filter((place) => place.roles.includes(role));
}
