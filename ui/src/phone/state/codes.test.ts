// Steps of a claim, several codes in one picture, and sums of a shelf.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { ActivityView } from '../../lib/generated/ActivityView';
import type { ClaimStage } from '../../lib/generated/ClaimStage';

const answers = new Map<string, (request: never) => unknown>();
const asked: [string, unknown][] = [];
vi.mock('../../lib/calls', () => ({
  call: (name: string, request: never) => {
    asked.push([name, request]);
    try {
      return Promise.resolve(answers.get(name)?.(request));
    } catch (thrown) {
      return Promise.reject(thrown as Error);
    }
  },
}));
vi.mock('./session.svelte', () => ({ session: { status: { value: null }, memberships: { value: null } } }));
vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined, removeItem: () => undefined });
vi.mock('../../lib/sound', () => ({ sound: () => undefined }));
const { CallError } = await import('../../lib/errors');
const { setLanguage } = await import('../../lib/l10n.svelte');
const { chipFor } = await import('./activity');
const { asksFirst, coversOf } = await import('./covers');
const { ReceiptClaim } = await import('./receipt.svelte');
const { claimablesOf, Several } = await import('./several.svelte');
const { faces, ownFirst, shareWords } = await import('./shelf');
const { stepsOf } = await import('./steps');

function line(state: string, confirmed: boolean, stage?: ClaimStage): ActivityView {
  return { id: 'c:seller', kind: 'claim', at_ms: 0, points: 5, state, confirmed, subject: null, outlet: null, because: [], derivation: [], ...(stage ? { stage } : {}) };
}

beforeEach(async () => {
  asked.length = 0;
  answers.clear();
  await setLanguage('en');
});

describe('the steps of a claim', () => {
  it('lead from the phone to points that were spent', () => {
    expect(stepsOf('checking').map((step) => [step.id, step.at])).toEqual([
      ['queued', 'done'], ['sent', 'done'], ['checking', 'now'], ['approved', 'ahead'], ['credited', 'ahead'], ['paid', 'ahead'],
    ]);
    expect(stepsOf('paid').every((step) => step.at !== 'ahead')).toBe(true);
  });

  it('end where it was refused', () => {
    expect(stepsOf('rejected').map((step) => step.id)).toEqual(['queued', 'sent', 'checking', 'rejected']);
    expect(stepsOf('rejected').at(-1)?.at).toBe('now');
  });

  it('are told by the chip of a line where they say more than its standing', () => {
    expect(chipFor(line('pending', true, 'checking'))).toEqual({ state: 'review', label: 'Being checked' });
    expect(chipFor(line('pending', true, 'approved')).label).toBe('Approved');
    expect(chipFor(line('pending', false, 'queued')).label).toBe('Saved here');
    expect(chipFor(line('active', true, 'paid'))).toEqual({ state: 'done', label: 'Spent' });
    expect(chipFor(line('rejected', true, 'rejected')).label).toBe('Refused');
    expect(chipFor(line('pending', true)).label).toBe('Pending');
  });
});

describe('several codes in one picture', () => {
  const unique = (text: string) => ({ kind: 'unique', code: text, product: null, perhaps_used: false });

  it('are those that can be claimed, each once', async () => {
    answers.set('read_text', ({ text }: { text: string }) => {
      if (text === 'noise') throw new CallError('code_not_ours');
      return text === '9520001000010' ? { kind: 'product', product: {} } : unique(text);
    });
    const rows = await claimablesOf(['ROAST-A', 'noise', '9520001000010', 'ROAST-B', 'ROAST-A ']);
    expect(rows.map((row) => row.text)).toEqual(['ROAST-A', 'ROAST-B']);
  });

  it('are claimed one by one, and a refusal holds nothing up', async () => {
    answers.set('read_text', ({ text }: { text: string }) => unique(text));
    answers.set('claim', ({ text }: { text: string }) => {
      if (text === 'B') throw new CallError('already_claimed');
      return { activity: line('pending', false, 'queued'), code: 'ok' };
    });
    const several = new Several(await claimablesOf(['A', 'B', 'C', 'D']));
    several.tick(2);
    expect(several.ticked).toBe(3);
    await several.claim();
    expect(several.rows.map((row) => row.fate)).toEqual(['done', 'wrong', 'open', 'done']);
    expect(several.rows[1]?.error?.code).toBe('already_claimed');
    expect(several.settled).toBe(true);
    several.tick(0);
    expect(several.ticked).toBe(0);
    expect(asked.filter(([name]) => name === 'claim')).toHaveLength(3);
  });
});

describe('what a code covers', () => {
  const node = { series: 'spring', level: 2, index: 6 };
  const pallet = { kind: 'unique', code: 'spring:2:6', product: null, perhaps_used: false, unit: { as: 'signed', text: 'x', node }, covers: { level: 'pallet', number: 7, pieces: 1_000 } } as const;

  it('is said before more than one piece is claimed', () => {
    expect(coversOf(pallet)).toEqual({ name: 'Pallet 7', pieces: '1,000 pieces', count: 1_000 });
    expect(coversOf({ ...pallet, covers: { level: 'crate', number: 2, pieces: 6 } })?.name).toBe('crate 2');
    expect(asksFirst(pallet)).toBe(true);
    expect(asksFirst({ ...pallet, covers: { level: 'unit', number: 2, pieces: 1 } })).toBe(false);
  });

  it('is left to the server where this phone does not know', () => {
    const waybill = { kind: 'unique', code: 'waybill:W7', product: null, perhaps_used: false, unit: { as: 'waybill', number: 'W7' } } as const;
    expect(coversOf(waybill)).toEqual({ name: 'Waybill W7', pieces: '', count: null });
    expect(asksFirst(waybill)).toBe(true);
    expect(coversOf({ kind: 'unique', code: 'ROAST-7', product: null, perhaps_used: false })).toBeNull();
  });
});

describe('a receipt by its photo', () => {
  const photo = { bytes: new Uint8Array([1]), width: 1, height: 1, sha256: null };
  const product = { id: 'p', gtin: 'p', brand: '', category: '', name: {}, buyer_points: 0, seller_points: 0, price_minor: null };

  it('needs picture and product; the rest is sent where it is there', async () => {
    const done: string[] = [];
    const claim = new ReceiptClaim((made) => done.push(made.id));
    answers.set('parse_amount', () => ({ minor: 12_950 }));
    answers.set('claim_photo', () => ({ activity: line('review', false, 'queued'), code: 'ok' }));
    await claim.take(() => Promise.resolve(photo));
    expect(claim.ready).toBe(false);
    claim.product = product;
    claim.total = ' 129,50 ';
    await claim.send();
    expect(asked.at(-1)).toEqual(['claim_photo', { image_base64: 'AQ==', product: 'p', number: null, total_minor: 12_950, day: null }]);
    expect(done).toEqual(['c:seller']);
  });

  it('is refused when it was shown before, and another photo is needed', async () => {
    const claim = new ReceiptClaim(() => undefined);
    answers.set('claim_photo', () => {
      throw new CallError('photo_same', { at_ms: 0, by_you: 'true' });
    });
    await claim.take(() => Promise.resolve(photo));
    claim.product = product;
    await claim.send();
    expect(claim.again).toBe(true);
    claim.acknowledge();
    expect([claim.photo, claim.error]).toEqual([null, null]);
  });
});

describe('a shelf', () => {
  const rows = [
    { gtin: '2', own: false, name: null, count: 6 },
    { gtin: '1', own: true, name: { en: 'Roast' }, count: 1 },
    { gtin: '3', own: true, name: { en: 'Cups' }, count: 2 },
  ];

  it('is summed and its own products stand first', () => {
    expect(faces(rows)).toEqual({ own: 3, all: 9 });
    expect(ownFirst(rows).map((row) => row.gtin)).toEqual(['3', '1', '2']);
    expect([shareWords(3_333), shareWords(10_000), shareWords(null)]).toEqual(['33.3%', '100%', '–']);
  });
});
