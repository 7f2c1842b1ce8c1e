import type { PersonId } from '@scheduling/domain';
import { type Scenario, scenario } from './files.scenario.ts';

const OURS = 'https://rooms.example.org/lesson-{booking_id}';

describe('the settings of a tutor', () => {
  let s: Scenario;
  beforeAll(async () => {
    s = await scenario();
  });
  afterAll(() => s.end());

  const put = (who: PersonId, body: object) => s.said(s.ask('/settings', who, { method: 'PUT', body }));
  const get = (who: PersonId) => s.said(s.ask('/settings', who));

  it('are to restore what is moved and to meet at Google, until something else is chosen', async () => {
    const chosen = { on_moved: 'restore', video: 'google_meet', link_template: null };
    expect(await get(s.person())).toEqual({ ...chosen, status: 200 });
  });

  it('change where they are given, and stay as they are where not', async () => {
    const tutor = s.person();
    const chosen = { on_moved: 'propose', video: 'link', link_template: OURS, status: 200 };
    expect(await put(tutor, { on_moved: 'propose' })).toMatchObject({ on_moved: 'propose', video: 'google_meet' });
    expect(await put(tutor, { video: 'link', link_template: OURS })).toEqual(chosen);
    expect(await get(tutor)).toEqual(chosen);
    expect(await put(tutor, {})).toEqual(chosen);
  });

  it('are one’s own', async () => {
    const [tutor, other] = [s.person(), s.person()];
    await put(tutor, { on_moved: 'propose' });
    expect(await get(other)).toMatchObject({ on_moved: 'restore' });
    expect(await s.said(s.ask('/settings'))).toMatchObject({ status: 401 });
  });

  it('forget the link of someone who meets elsewhere from now on', async () => {
    const tutor = s.person();
    await put(tutor, { video: 'link', link_template: OURS });
    expect(await put(tutor, { video: 'google_meet' })).toMatchObject({ video: 'google_meet', link_template: null });
    expect(await put(tutor, { video: 'link' })).toMatchObject({ video: 'link', link_template: null });
  });

  it('take the platform’s link for null', async () => {
    const tutor = s.person();
    await put(tutor, { video: 'link', link_template: OURS });
    expect(await put(tutor, { link_template: null })).toMatchObject({ video: 'link', link_template: null });
  });

  it.each([
    ['not a link', 'not_a_link'],
    ['http://rooms.example.org/{booking_id}', 'not_https'],
    ['javascript:alert(1)', 'not_https'],
    ['https://ann:secret@rooms.example.org/', 'with_password'],
    ['https://rooms.example.org/{name}', 'unknown_mark'],
    ['https://rooms.example.org/{booking_id', 'unknown_mark'],
    ['https://{booking_id}.example.org/', 'mark_in_host'],
    [`https://rooms.example.org/${'{booking_id}'.repeat(20)}`, 'too_long'],
  ])('refuse %j: %s', async (template, problem) => {
    const answer = await put(s.person(), { video: 'link', link_template: template });
    expect(answer).toMatchObject({ status: 422, code: 'link_template_not_usable', problem });
  });

  it('refuse a link beside another place', async () => {
    const answer = await put(s.person(), { link_template: OURS });
    expect(answer).toMatchObject({ status: 422, code: 'link_template_not_usable', problem: 'only_with_link' });
  });

  it.each([
    [{ video: 'skype' }, 'video'],
    [{ on_moved: null }, 'on_moved'],
    [{ link_template: 7 }, 'link_template'],
    [{ link_template: '' }, 'link_template'],
    [{ link_template: `https://a.example/${'x'.repeat(400)}` }, 'link_template'],
    [{ colour: 'red' }, 'colour'],
  ])('refuse %j and name the field', async (body, field) => {
    const answer = await put(s.person(), body);
    expect(answer).toMatchObject({ status: 400, code: 'malformed_request' });
    expect(answer['fields']).toHaveProperty(field);
  });

  it('cannot be Zoom where Zoom is not set up', async () => {
    const tutor = s.person();
    expect(await put(tutor, { video: 'zoom' })).toMatchObject({ status: 409, code: 'video_not_configured' });
    expect(await get(tutor)).toMatchObject({ video: 'google_meet' });
  });
});
