// Hands mails to a server as nodemailer alone does: no ledger, no letter, one mail again and again.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { answering } from '../bench/answering.mjs';
import { ROOT } from '../start/settings.mjs';

const require = createRequire(join(ROOT, 'package.json'));
const { createTransport } = require('nodemailer');
const transport = createTransport({ pool: true, url: process.env.SMTP_URL, maxConnections: 5, maxMessages: 1e9 });

/** So many are on their way at once: never a pool that waits for us, nor a queue that eats the memory. */
const AT_ONCE = 20;

answering(
  {},
  {
    /** Sends so many mails like this one. */
    async send({ many, mail }) {
      let next = 0;
      const sender = async () => {
        while (next < many) {
          next += 1;
          await transport.sendMail({ ...mail, messageId: `<bare.${process.pid}.${next}@localhost.localdomain>` });
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, sender));
    },
  },
);
