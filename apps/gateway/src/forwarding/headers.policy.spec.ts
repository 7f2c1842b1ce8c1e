import { towardsClient, towardsService } from './headers.policy.ts';

const ORIGIN = { requestId: 'r1', ip: '192.0.2.7', host: 'api.example', protocol: 'https' };
const OURS = {
  'x-request-id': 'r1',
  'x-forwarded-for': '192.0.2.7',
  'x-forwarded-host': 'api.example',
  'x-forwarded-proto': 'https',
};

describe('the headers towards a service', () => {
  it('keep what is the client’s to say', () => {
    const theirs = { authorization: 'Bearer x', 'idempotency-key': 'k', accept: '*/*', 'content-type': 'text/x' };
    expect(towardsService(theirs, ORIGIN)).toEqual({ ...theirs, ...OURS });
  });

  it.each([
    { connection: 'keep-alive', 'keep-alive': 'timeout=5' },
    { connection: 'X-Secret, close', 'x-secret': '1' },
    { te: 'trailers', trailer: 'x', upgrade: 'h2c', 'transfer-encoding': 'chunked', expect: '100-continue' },
    { 'proxy-authorization': 'Basic x', 'proxy-connection': 'keep-alive', 'content-length': '7' },
    { 'x-forwarded-for': '10.0.0.1', 'x-forwarded-proto': 'gopher', 'x-forwarded-user': 'root', forwarded: 'for=x' },
    { 'x-real-ip': '10.0.0.1', 'x-request-id': 'forged' },
  ])('leave out %j', (theirs) => {
    expect(towardsService(theirs, ORIGIN)).toEqual(OURS);
  });
});

describe('the headers towards a client', () => {
  it('keep the answer and leave out the connection that it came by', () => {
    const kept = { 'content-type': 'application/json', 'content-length': '2', etag: 'x', 'set-cookie': ['a', 'b'] };
    const dropped = { connection: 'x-hop', 'x-hop': '1', 'keep-alive': 'timeout=5', 'transfer-encoding': 'chunked' };
    expect(towardsClient({ ...kept, ...dropped })).toEqual(kept);
  });
});
