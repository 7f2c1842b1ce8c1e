/** What Zoom refuses, as its body says. */
export class ZoomRefusal extends Error {
  constructor(
    readonly status: number,
    /** Zoom's own number for it, such as 3001 for a meeting that it does not know. */
    readonly code: number,
    message: string,
    readonly retryAfterS?: number,
  ) {
    super(message);
  }

  get body(): string {
    return JSON.stringify({ code: this.code, message: this.message });
  }
}
