import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { newId } from '@scheduling/domain';
import { OutsideDoor } from '@scheduling/service-kit';
import { until } from '@scheduling/testing';
import { WebhookSender } from '../src/webhooks/webhook-sender.ts';

describe('a webhook on its way', () => {
  const servers: Server[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) server.close().closeAllConnections();
  });

  const listen = async (answering: RequestListener): Promise<string> => {
    const server = createServer(answering);
    servers.push(server);
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };
  const taken = (url: string) => ({
    id: newId(),
    endpointId: newId(),
    eventId: newId(),
    name: 'BookingConfirmed',
    body: '{}',
    url,
    secrets: [`whsec_${Buffer.alloc(32).toString('base64')}`],
    attempts: 1,
    leaseUntil: new Date(),
  });
  const send = (url: string, sender: WebhookSender) => sender.send(taken(url), new Date());
  const refused = (error: string) => ({ fate: 'refused', refused: { status: null, error, retryAfterMs: null } });

  it.each([
    ['what is not encrypted', 'http://platform.example.org/'],
    ['this machine', 'https://127.0.0.1/'],
    ['this machine as a number', 'https://2130706433/'],
    ['this machine in IPv6', 'https://[::1]/'],
    ['the metadata of a cloud', 'https://169.254.169.254/latest/meta-data/'],
    ['a private network', 'https://10.0.0.1/'],
    ['a password', 'https://ann:secret@platform.example.org/'],
  ])('does not go to %s: %s', async (_what, url) => {
    expect(await send(url, new WebhookSender(new OutsideDoor()))).toEqual(refused('address_not_allowed'));
  });

  it('does not go to a name that has become one of this machine', async () => {
    const rebinding = new OutsideDoor(undefined, async () => [{ address: '127.0.0.1', family: 4 }]);
    expect(await send('https://rebinds.example/hook?key=secret', new WebhookSender(rebinding))).toEqual(
      refused('address_not_allowed'),
    );
  });

  it('is given up where nobody answers in time', async () => {
    const origin = await listen(() => undefined);
    expect(await send(origin, new WebhookSender(new OutsideDoor(origin), 100))).toEqual(refused('timeout'));
  });

  it('has arrived with the first line of an answer; one that never ends is cut off', async () => {
    let isCutOff = false;
    const origin = await listen((_, response) => {
      response.writeHead(200).on('close', () => {
        isCutOff = true;
      });
      const write = () => void (response.writable && response.write('x'.repeat(1000), write));
      write();
    });
    expect(await send(origin, new WebhookSender(new OutsideDoor(origin), 60_000))).toEqual({
      fate: 'taken',
      status: 200,
    });
    await until('the answer is cut off', () => isCutOff);
  });

  it('is broken off when the process ends, which is no failure', async () => {
    const arrived = Promise.withResolvers<void>();
    const origin = await listen(() => arrived.resolve());
    const sender = new WebhookSender(new OutsideDoor(origin));
    const sending = send(origin, sender);
    await arrived.promise;
    sender.close();
    expect(await sending).toEqual({ fate: 'broken_off' });
  });
});
