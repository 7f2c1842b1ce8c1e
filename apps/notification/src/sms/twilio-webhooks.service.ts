import { Injectable } from '@nestjs/common';
import { parse } from '@scheduling/contracts';
import { NotFromTwilio } from './sms.errors.ts';
import { RepliesService } from './replies.service.ts';
import { outcomeOf } from './statuses.policy.ts';
import { StatusesService } from './statuses.service.ts';
import { TwilioClient } from './twilio-client.ts';
import { InboundForm, StatusForm } from './twilio-forms.ts';

/** A request as it came, before anybody has believed it. */
export interface Posted {
  /** With the query, as it stands in the request line. */
  readonly path: string;
  /** A form. */
  readonly body: string;
  readonly signature: string;
}

/** Believes what Twilio has signed, and hands it on. */
@Injectable()
export class TwilioWebhooksService {
  constructor(
    private readonly twilio: TwilioClient,
    private readonly statuses: StatusesService,
    private readonly replies: RepliesService,
  ) {}

  /** Takes word of a text. */
  async status(posted: Posted): Promise<void> {
    const form = this.signed(posted);
    const message = new URLSearchParams(posted.path.split('?', 2)[1]).get('message');
    const {
      MessageSid: sid,
      MessageStatus: word,
      To: phone,
      ErrorCode: code,
      ...rest
    } = parse(StatusForm, {
      ...form,
      message,
    });
    const outcome = outcomeOf(word);
    if (outcome === null) return;
    const errorCode = outcome === 'failed' && code ? Number(code) : null;
    await this.statuses.hear({ messageId: rest.message, sid, outcome, errorCode, phone });
  }

  /** Takes what a phone has written. */
  async inbound(posted: Posted): Promise<void> {
    const { MessageSid: sid, From: phone, Body: text, OptOutType: type } = parse(InboundForm, this.signed(posted));
    await this.replies.hear({ sid, phone, text, type });
  }

  /** The form, if Twilio has signed it with the address that it was posted to. */
  private signed({ path, body, signature }: Posted): object {
    const params = formOf(body);
    if (!this.twilio.hasSigned(path, params, signature)) throw new NotFromTwilio();
    return params;
  }
}

/** Without a prototype, whose names would pass for parameters; what stands there more than once is a list. */
function formOf(body: string): Record<string, string | string[]> {
  const form = Object.create(null) as Record<string, string | string[]>;
  for (const [name, value] of new URLSearchParams(body)) {
    const before = form[name];
    form[name] = before === undefined ? value : [before, value].flat();
  }
  return form;
}
