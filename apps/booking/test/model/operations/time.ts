import { minutes } from '../calendar.ts';
import { kind } from '../operation.ts';
import { lapse } from '../seats.ts';

export const wait = kind({
  name: 'wait',
  weight: 10,
  draw: (random) => ({ minutes: random.oneOf([1, 1, 2, 2, 3, 5, 10, 11, 30, 240]) }),
  aim: (world, lots, service) => ({
    about: `${lots.minutes} minutes pass`,
    expected() {
      world.now += minutes(lots.minutes);
      return {};
    },
    async actual() {
      service.s.clock.advance(lots.minutes);
      return {};
    },
  }),
});

export const sweep = kind({
  name: 'sweep',
  weight: 2,
  draw: () => null,
  aim: (world, _lots, service) => ({
    about: 'holds that ran out are swept',
    expected() {
      lapse(world, () => true);
      return {};
    },
    async actual() {
      await service.s.holds.sweep();
      return {};
    },
  }),
});
