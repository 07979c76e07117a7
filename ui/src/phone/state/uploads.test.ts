// What a photo on its way says, and which network is told to cost money.
import { expect, test } from 'vitest';
import type { UploadView } from '../../lib/generated/UploadView';
import { low, metered } from './surroundings';
import { held, uploadSentence } from './uploads';

const photo = (waits_for: string | null, sent_bytes = 0): UploadView => ({ sha256: 'a', bytes: 3 * 1024 * 1024, sent_bytes, waits_for });

test('each photo on its way says what it waits for', () => {
  expect(uploadSentence(photo(null))).toBe('Goes next');
  expect(uploadSentence(photo(null, 1024 * 1024 + 500_000))).toMatch(/1\.5.MB of .*3.MB/);
  expect(uploadSentence(photo('upload_metered'))).toMatch(/Wi-Fi.*3.MB.*mobile data/);
  expect(uploadSentence(photo('upload_battery_low'))).toContain('battery');
  expect(uploadSentence(photo('upload_command'))).toBe('Goes after its report');
});

test('only what waits for the network or for power can be sent now anyway', () => {
  expect([photo(null), photo('upload_command'), photo('upload_metered'), photo('upload_battery_low')].map(held)).toEqual([false, false, true, true]);
});

test('a network is told to cost money, and a battery to be low, only where the browser says so', () => {
  const network = (type: string, saveData = false) => Object.assign(new EventTarget(), { type, saveData });
  expect([undefined, network('wifi'), network('cellular'), network('wifi', true)].map(metered)).toEqual([false, false, true, true]);
  const battery = (level: number, charging: boolean) => Object.assign(new EventTarget(), { level, charging });
  expect([null, battery(0.1, true), battery(0.1, false), battery(0.9, false)].map(low)).toEqual([false, false, true, false]);
});
