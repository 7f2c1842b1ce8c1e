import { LastStep } from '../src/email/last-step.ts';

const AN_HOUR = 3_600_000;

describe('the last step of a mail', () => {
  it('is taken by one mail at a time, in the order in which they came to it', async () => {
    const [step, order] = [new LastStep(AN_HOUR), [] as string[]];
    const first = await step.take();
    const second = step.take().then((end) => {
      order.push('second begins');
      return end;
    });
    const third = step.take().then(() => order.push('third begins'));

    order.push('first ends');
    first();
    (await second)();
    await third;

    expect(order).toEqual(['first ends', 'second begins', 'third begins']);
  });

  it('is given up by a mail whose server keeps silent', async () => {
    const step = new LastStep(1);
    await step.take();
    await expect(step.take()).resolves.toBeInstanceOf(Function);
  });
});
