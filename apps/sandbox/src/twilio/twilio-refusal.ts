/** What Twilio refuses, as its body says. */
export class TwilioRefusal extends Error {
  constructor(
    readonly status: number,
    /** Twilio's own number for it, such as 21610 for a phone that has sent STOP. */
    readonly code: number,
    message: string,
    readonly retryAfterS?: number,
  ) {
    super(message);
  }

  get body(): string {
    const { code, message, status } = this;
    return JSON.stringify({ code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status });
  }
}
