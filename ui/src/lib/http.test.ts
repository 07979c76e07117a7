// What a host's answer becomes: a value, the core's own error, or a failure of the way.
import { describe, expect, it } from 'vitest';
import { readAnswer } from './http';

const answer = (body: string, status = 200) => readAnswer(new Response(body === '' ? null : body, { status }));

describe('an answer', () => {
  it('is its JSON when the call went well', async () => {
    expect(await answer('{"points":30}')).toEqual({ points: 30 });
    expect(await answer('')).toBeNull();
    expect(await answer('[1]')).toEqual([1]);
  });

  it('is the error of the core, whatever the status', async () => {
    const body = '{"error":{"code":"own_sale","params":{"who":"mette"}}}';
    await expect(answer(body)).rejects.toMatchObject({ code: 'own_sale', params: { who: 'mette' }, remedyCode: null });
    await expect(answer(body, 422)).rejects.toMatchObject({ code: 'own_sale' });
  });

  it('without a body speaks by its status', async () => {
    await expect(answer('', 401)).rejects.toMatchObject({ code: 'not-permitted' });
    await expect(answer('<html>', 502)).rejects.toMatchObject({ code: 'server-unreachable' });
    await expect(answer('oops', 500)).rejects.toMatchObject({ code: 'internal' });
  });

  it('that is not JSON is a failure even with a good status', async () => {
    await expect(answer('<html>')).rejects.toMatchObject({ code: 'internal' });
  });
});
