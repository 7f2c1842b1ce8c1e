import type { Params } from './params.ts';
import { invalid, missing } from './stripe-refusal.ts';

const MOST = 100;

interface Listed {
  readonly id: string;
  readonly created: number;
}

/** A page of a list, newest first, as its parameters ask: `created`, `limit`, `starting_after`, `ending_before`. */
export function list<T extends Listed>(url: string, newest: readonly T[], params: Params) {
  const limit = params.whole('limit') ?? 10;
  if (limit < 1 || limit > MOST) throw invalid(`Invalid limit: must be between 1 and ${MOST}`, 'limit');
  const created = within(params);
  const all = newest.filter((item) => created(item.created));
  const after = params.text('starting_after');
  const before = params.text('ending_before');
  const from = after === undefined ? 0 : place(all, after, 'starting_after') + 1;
  if (before === undefined) return page(url, all.slice(from, from + limit), all.length > from + limit);
  const end = place(all, before, 'ending_before');
  return page(url, all.slice(Math.max(0, end - limit), end), end > limit);
}

const page = <T>(url: string, data: readonly T[], hasMore: boolean) => ({
  object: 'list' as const,
  url,
  has_more: hasMore,
  data,
});

function place(items: readonly Listed[], id: string, param: string): number {
  const at = items.findIndex((item) => item.id === id);
  if (at === -1) throw missing('object', id, param, 400);
  return at;
}

/** Whether an instant is in the range that `created` asks for, in seconds. */
function within(params: Params): (created: number) => boolean {
  const range = params.hasInner('created') ? params.inner('created')?.only('gt', 'gte', 'lt', 'lte') : undefined;
  if (!range) {
    const only = params.whole('created');
    return (created) => only === undefined || created === only;
  }
  const [gt, gte, lt, lte] = [range.whole('gt'), range.whole('gte'), range.whole('lt'), range.whole('lte')];
  return (created) =>
    (gt === undefined || created > gt) &&
    (gte === undefined || created >= gte) &&
    (lt === undefined || created < lt) &&
    (lte === undefined || created <= lte);
}

/** The parameters that every list knows. */
export const LIST_PARAMS = ['created', 'limit', 'starting_after', 'ending_before'];
