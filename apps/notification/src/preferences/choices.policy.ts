import type { Kind, KindOfMessage } from '../messages/kinds.ts';
import { ChoiceNotPossible } from './preferences.errors.ts';
import { isFixed } from './preferences.policy.ts';
import type { Choice, QuietHours } from './preferences.ts';

/** What somebody wishes of kinds and ways, as they wrote it. */
export type Wishes = Readonly<Record<string, unknown>>;
/** Every kind of message. */
export type Catalogue = Readonly<Record<string, KindOfMessage>>;

/** Grants each wish, or throws ChoiceNotPossible with the field that names nothing or what nobody may miss. */
export function chosen(kinds: Catalogue, wishes: Wishes): (Choice & { readonly isDefault: boolean })[] {
  return Object.entries(wishes).flatMap(([kind, ways]) => {
    const traits = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
    // Without the word itself, which may be anything.
    if (!traits) throw new ChoiceNotPossible('kinds', 'one of these is no kind of message');
    if (typeof ways !== 'object' || ways === null || Array.isArray(ways))
      throw new ChoiceNotPossible(`kinds.${kind}`, 'this must be an object of channels');
    return Object.entries(ways).map(([channel, isOn]) => choice(kind as Kind, traits, channel, isOn));
  });
}

function choice(kind: Kind, traits: KindOfMessage, word: string, isOn: unknown) {
  const channel = traits.channels.find((one) => one === word);
  if (!channel) throw new ChoiceNotPossible(`kinds.${kind}`, `this goes by ${traits.channels.join(', ')} alone`);
  if (typeof isOn !== 'boolean') throw new ChoiceNotPossible(`kinds.${kind}.${channel}`, 'this must be true or false');
  if (!isOn && isFixed(traits, channel))
    throw new ChoiceNotPossible(`kinds.${kind}.${channel}`, 'nobody may miss this: e-mail always tells of it');
  return { kind, channel, isOn, isDefault: isOn !== traits.isAskedFor };
}

/** Quiet hours that end some time after they begin, or ChoiceNotPossible. */
export function quietHours(wish: QuietHours | null): QuietHours | null {
  if (wish && wish.from === wish.until)
    throw new ChoiceNotPossible('quiet_hours.until', 'this must be another time than from');
  return wish;
}
