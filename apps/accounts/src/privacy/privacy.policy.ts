/** The services that are asked what they keep. */
const ASKED = ['availability', 'booking', 'calendar-sync', 'notification'] as const;

/** How far a copy is. */
export interface Progress {
  /** `partial`: some service did not answer in a day; what there is can be had. */
  readonly status: 'collecting' | 'ready' | 'partial';
  readonly missing: readonly string[];
}

const PATIENCE_MS = 86_400_000;

/** Tells how far a copy is by the pieces that have come. */
export function progressOf(
  pieces: readonly { service: string; parts: number }[],
  requestedAt: Date,
  now: Date,
): Progress {
  const come = Map.groupBy(pieces, ({ service }) => service);
  const missing = ASKED.filter((service) => {
    const own = come.get(service);
    return own === undefined || own.length < own[0]!.parts;
  });
  if (missing.length === 0) return { status: 'ready', missing };
  return { status: now.getTime() - requestedAt.getTime() < PATIENCE_MS ? 'collecting' : 'partial', missing };
}
