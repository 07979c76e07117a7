import { describe, expect, it } from 'vitest';
import type { UsedTwice } from '../../lib/generated-console/UsedTwice';
import { usedTwiceBy } from './proof';

const use = (command: string) => ({ command, at_ms: 0, blame: '', taken_points: 0, owed_points: 0, loss_points: 0, challenge: '', answer: '' });
const known: UsedTwice[] = [
  { voucher: 'v1', participant: { id: 'p', name: 'P' }, terminal: 't', uses: [use('a'), use('b')] },
  { voucher: 'v2', participant: { id: 'p', name: 'P' }, terminal: 't', uses: [use('c'), use('d')] },
];

describe('the proof of a voucher used twice', () => {
  it('m2_is_found_by_the_command_that_the_signal_names', () => {
    expect(usedTwiceBy('signal:voucher:d', known)?.voucher).toBe('v2');
    expect([usedTwiceBy('signal:voucher:x', known), usedTwiceBy('signal:pace:d', known)]).toEqual([null, null]);
  });
});
