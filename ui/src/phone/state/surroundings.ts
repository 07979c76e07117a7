// What the page knows of the network and the battery, told to the core: large photos wait for better.
// Native shells that know more say it themselves.
import { call } from '../../lib/calls';

/** The parts of the browser that only some have. */
interface Known {
  connection?: EventTarget & { type?: string; saveData?: boolean };
  getBattery?: () => Promise<Battery>;
}

interface Battery extends EventTarget {
  level: number;
  charging: boolean;
}

const lowLevel = 0.2;

/** True where the network costs money by the byte, as far as the browser says. */
export function metered(connection: Known['connection']): boolean {
  return connection?.saveData === true || connection?.type === 'cellular';
}

/** True where the battery is low and is not being charged. */
export function low(battery: Battery | null): boolean {
  return battery !== null && !battery.charging && battery.level < lowLevel;
}

/** Tells the core now and after each change, where the browser knows anything; answers how to end it. */
export function followSurroundings(browser: Known = navigator as Known): () => void {
  const { connection } = browser;
  let battery: Battery | null = null;
  let ended = false;
  const tell = () => {
    // A core that cannot be reached is told at the next change.
    if (!ended) void call('surroundings', { metered: metered(connection), battery_low: low(battery) }).catch(() => undefined);
  };
  const batteryEvents = ['levelchange', 'chargingchange'];
  connection?.addEventListener('change', tell);
  if (connection) tell();
  void browser.getBattery?.().then((found) => {
    battery = found;
    if (ended) return;
    batteryEvents.forEach((name) => found.addEventListener(name, tell));
    tell();
  }, () => undefined);
  return () => {
    ended = true;
    connection?.removeEventListener('change', tell);
    batteryEvents.forEach((name) => battery?.removeEventListener(name, tell));
  };
}
