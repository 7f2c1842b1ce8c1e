import { type TestDatabase, testDatabase, until } from '@scheduling/testing';
import { openSink } from '../../../tools/traces/sink.mjs';
import { type PostOffice, startPostOffice } from './post-office.process.ts';
import { post } from './post-office.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const PARENT = '00f067aa0ba902b7';

describe('a trace', () => {
  let test: TestDatabase;
  let sink: Awaited<ReturnType<typeof openSink>>;
  let office: PostOffice;
  const start = (more: Record<string, string>) => (office = startPostOffice({ DATABASE_URL: test.url, ...more }));
  beforeAll(async () => {
    [test, sink] = await Promise.all([testDatabase('post', post.schema!), openSink()]);
  });
  afterEach(async () => {
    office.child.kill('SIGTERM');
    await office.exit;
  });
  afterAll(async () => {
    await sink.close();
    await test.drop();
  });

  it('goes from a request through statements and the log to whoever hears of it', async () => {
    start({ OTEL_EXPORTER_OTLP_ENDPOINT: sink.url, OTEL_BSP_SCHEDULE_DELAY: '50' });
    await office.send('a secret', { traceparent: `00-${TRACE}-${PARENT}-01` });
    const ours = () => sink.spans.filter(({ traceId }) => traceId === TRACE);
    const named = (name: string) => ours().find((span) => span.name === name);
    const ends = ['post-office carry', 'process ParcelSent', 'POST /parcels/:street'];
    await until('the whole trace', () => ends.every(named));
    expect(named('POST /parcels/:street')).toMatchObject({
      parentId: PARENT,
      kind: 'server',
      service: 'post',
      attributes: { 'http.response.status_code': 201, 'http.route': '/parcels/:street' },
    });
    expect(named('announce flush')).toMatchObject({ parentId: named('transaction')!.id, kind: 'client' });
    // The event was stated inside the request's transaction.
    expect(named('process ParcelSent')).toMatchObject({ parentId: named('transaction')!.id, kind: 'consumer' });
    expect(named('post-office carry')).toMatchObject({ parentId: named('process ParcelSent')!.id });
    expect(JSON.stringify(ours())).not.toMatch(/secret|any-street/);
  });

  it('goes where the environment says, under the name that it says', async () => {
    start({
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${sink.url}/v1/traces`,
      OTEL_SERVICE_NAME: 'post-of-kyiv',
      OTEL_BSP_SCHEDULE_DELAY: '50',
    });
    await office.send('b');
    await until('a step of it', () => sink.spans.some(({ service }) => service === 'post-of-kyiv'));
  });

  it('holds up nobody where the collector does not answer', async () => {
    start({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1' });
    expect(await office.send('c')).toMatchObject({ traceparent: expect.stringMatching(/^00-/) });
  });
});
