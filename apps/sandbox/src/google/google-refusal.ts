/** What Google refuses, as its body says. */
export class GoogleRefusal extends Error {
  constructor(
    readonly status: number,
    /** The word that clients branch on, such as `rateLimitExceeded`. */
    readonly reason: string,
    message = reason,
    readonly retryAfterS?: number,
  ) {
    super(message);
  }

  /** The body of a calendar's refusal. */
  get body(): string {
    const { status: code, reason, message } = this;
    const domain = reason.endsWith('LimitExceeded') ? 'usageLimits' : 'global';
    return JSON.stringify({ error: { code, message, errors: [{ domain, reason, message }] } });
  }
}

/** A no of the token endpoint (RFC 6749, section 5.2). */
export class OauthRefusal extends GoogleRefusal {
  constructor(reason: string, description: string, status = 400) {
    super(status, reason, description);
  }

  override get body(): string {
    return JSON.stringify({ error: this.reason, error_description: this.message });
  }
}

/** A request that says something wrong, or that the double does not play. */
export const invalid = (message: string, reason = 'invalid'): GoogleRefusal => new GoogleRefusal(400, reason, message);

export const notFound = (): GoogleRefusal => new GoogleRefusal(404, 'notFound', 'Not Found');
