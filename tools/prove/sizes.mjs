/**
 * How much is run. `pace` is how many bookings begin in a second, `beat` the milliseconds between two groups of them:
 * what is stated together travels to many brokers as one batch. `every` is the seconds between two kills, more or less,
 * `kills` their least number; in each of `rounds` a leader is stopped and one is killed. What is written in capitals, tests read.
 */
const FULL = {
  crashes: { bookings: 500, tutors: 12, students: 60, pace: 8, beat: 500, kills: 20, every: 2 },
  rolling: { bookings: 800, tutors: 20, students: 100, pace: 6, beat: 250 },
  leader: { bookings: 500, tutors: 12, students: 60, pace: 4, beat: 1500, rounds: 8 },
  model: { MODEL_OPERATIONS: 100_000, MODEL_SECONDS: 2400, CROWD_TIMES: 600 },
  racers: { RACERS_ROUNDS: 10 },
  calendars: { CONVERGENCE_PEOPLE: 200, CONVERGENCE_CHANGES: 2000 },
  reminders: { lessons: 10_000, kills: 10 },
};
const SHORT = {
  crashes: { bookings: 60, tutors: 6, students: 18, pace: 5, beat: 500, kills: 6, every: 1.8 },
  rolling: { bookings: 200, tutors: 12, students: 40, pace: 6, beat: 250 },
  leader: { bookings: 120, tutors: 12, students: 36, pace: 3, beat: 1500, rounds: 1 },
  model: { MODEL_OPERATIONS: 10_000, MODEL_SECONDS: 300, CROWD_TIMES: 120 },
  racers: { RACERS_ROUNDS: 2 },
  calendars: { CONVERGENCE_PEOPLE: 40, CONVERGENCE_CHANGES: 300 },
  reminders: { lessons: 400, kills: 3 },
};

const PROOFS = [
  'race',
  'crashes',
  'leader',
  'rolling',
  'payments',
  'model',
  'racers',
  'calendars',
  'reminders',
  'year',
  'access',
  'observed',
  'fuzz',
  'conformance',
  'upgrade',
];
/**
 * CI compares some of the rules in a step of its own, and its tests are a small model and a few racers. Three brokers take longer than they
 * tell there.
 */
const SHORT_PROOFS = ['race', 'crashes', 'payments', 'reminders', 'access'];

/** Reads the command line: `--short`, `--seed N`, `--only <proof>`; a sentence for what it does not know. */
export function readOrder(args) {
  const order = { size: FULL, isShort: false, seed: Math.floor(Math.random() * 1e9), only: null };
  for (let i = 0; i < args.length; i += 1) {
    if (args[i] === '--short') Object.assign(order, { size: SHORT, isShort: true });
    else if (args[i] === '--seed' && /^\d{1,9}$/.test(args[i + 1])) order.seed = Number(args[(i += 1)]);
    else if (args[i] === '--only' && PROOFS.includes(args[i + 1])) order.only = [args[(i += 1)]];
    else
      throw new Error(`prove does not know ${args[i]}: it knows --short, --seed <number>, --only ${PROOFS.join('|')}.`);
  }
  order.only ??= order.isShort ? SHORT_PROOFS : PROOFS;
  return order;
}
