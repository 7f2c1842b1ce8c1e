import type { Answered, Scenario } from './scenario.ts';

/** How a request is refused: status, code, and the field that the answer names. */
export type Refused = [status: number, code: string, field?: string];

/** What is no request of that shape. */
export const malformed = (field?: string): Refused =>
  field === undefined ? [400, 'malformed_request'] : [400, 'malformed_request', field];

/** What is understood, and cannot be. */
export const invalid = (code: string, field?: string): Refused =>
  field === undefined ? [422, code] : [422, code, field];

/** An id that nobody has. */
export const anyone = '00000000-0000-4000-8000-000000000000';

/** What is answered, as far as the case says; whatever it is gives nothing away, and has changed nothing. */
export async function answerTo(s: Scenario, send: () => Promise<Answered>, [, , field]: Refused): Promise<Refused> {
  const before = await s.everything();
  const { status, type, text, body } = await send();
  expect(type).toContain('application/problem+json');
  expect(body).toMatchObject({ status, type: `/problems/${body.code}` });
  expect(text).not.toContain('secret');
  expect(await s.everything()).toEqual(before);
  const named = [body.field, ...Object.keys(body.fields ?? {})];
  return field === undefined ? [status, body.code] : [status, body.code, named.find((one) => one === field) ?? 'none'];
}
