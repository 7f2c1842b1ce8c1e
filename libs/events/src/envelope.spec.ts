import { EventType, SchedulingEvent, Text, Uuid } from '@scheduling/contracts';
import { newId, type PersonId } from '@scheduling/domain';
import { seal } from './envelope.ts';
import { EventTooLarge } from './event-log.errors.ts';

@EventType<Told>({ type: 'scheduling.tales.Told.v1', key: (event) => event.teller_id, examples: [] })
class Told extends SchedulingEvent {
  @Uuid() readonly teller_id!: PersonId;
  @Text(0, 1_000_000) readonly tale!: string;
}

describe('an envelope', () => {
  const tell = (tale: string) => seal(Told.of({ teller_id: newId<PersonId>(), tale }), new Date());

  it('holds at most 512 kB, as bytes of UTF-8', () => {
    expect(tell('ж'.repeat(255_000)).data).toBeDefined();
    expect(() => tell('ж'.repeat(256_000))).toThrow(EventTooLarge);
  });

  it('leaves out what the class of the event does not declare', () => {
    const event = Object.assign(Told.of({ teller_id: newId<PersonId>(), tale: 'short' }), { secret: 'x' });
    expect(seal(event, new Date()).data).not.toHaveProperty('secret');
  });
});
