import { Clock } from '@scheduling/domain';
import { run, type RunningService } from '@scheduling/service-kit';
import { FrozenClock } from '@scheduling/testing';
import { createTransport, type SendMailOptions } from 'nodemailer';
import { SandboxConfig } from '../src/config.ts';
import type { InboxView } from '../src/inbox/inbox.dto.ts';
import { SmtpSink } from '../src/inbox/smtp-sink.ts';
import { service } from '../src/service.ts';

/** The sandbox as others meet it: a port for mail, and one for HTTP. */
export interface Sandbox extends RunningService {
  readonly smtpPort: number;
  readonly send: (mail: SendMailOptions, auth?: { user: string; pass: string }) => Promise<void>;
  readonly get: (path: string) => Promise<Response>;
  readonly inbox: (query?: string) => Promise<InboxView['items']>;
}

/** Starts a sandbox on free ports; it believes that it is 2026-11-22T10:11:12Z. */
export async function sandbox(settings: Partial<SandboxConfig> = {}): Promise<Sandbox> {
  const config = Object.assign(new SandboxConfig(), { PORT: 0, HOST: '127.0.0.1', LOG_LEVEL: 'error' }, settings);
  const clock = { provide: Clock, useValue: new FrozenClock(new Date('2026-11-22T10:11:12Z')) };
  const running = await run(service, config, [clock]);
  const smtpPort = running.app.get(SmtpSink).port;
  const get = (path: string) => fetch(`${running.url}${path}`);
  return {
    ...running,
    smtpPort,
    get,
    send: async (mail, auth) => {
      const transport = createTransport({ host: '127.0.0.1', port: smtpPort, secure: false, auth });
      await transport.sendMail({ from: 'Preply <lessons@preply.example>', ...mail });
    },
    inbox: async (query = '') => ((await (await get(`/sandbox/inbox.json${query}`)).json()) as InboxView).items,
  };
}
