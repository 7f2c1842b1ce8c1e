import { addCredit, balanceOf } from '../money.ts';
import { kind } from '../operation.ts';
import { someStudent } from './choices.ts';

export const grant = kind({
  name: 'grant',
  weight: 7,
  draw: (random) => ({
    student: random.lot(),
    cents: random.oneOf([2500, 10_000, 30_000, 60_000]),
    currency: random.oneOf(['USD', 'USD', 'USD', 'EUR']),
  }),
  aim(world, { student: lot, cents, currency }, service) {
    const student = someStudent(world, lot);
    return {
      about: `${student.name} is given ${cents} ${currency}`,
      expected() {
        addCredit(world, student, cents, currency);
        return balanceOf(student, currency);
      },
      actual: () => service.grant(student.id, cents, currency),
    };
  },
});
