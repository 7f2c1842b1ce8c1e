/** An answer of the double's, before it has a request's id. */
export interface Answer {
  readonly status: number;
  readonly body: string;
  /** The request that it was first given to. */
  readonly requestId: string;
}

/** A request as the double reads it. */
export interface Asked {
  readonly method: string;
  /** Without the query, such as `/v1/refunds`. */
  readonly path: string;
  readonly query: string;
  readonly body: string;
  readonly authorization: string;
  readonly idempotencyKey?: string;
  readonly requestId: string;
}
