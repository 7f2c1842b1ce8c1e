import { setTimeout as pause } from 'node:timers/promises';
import type { Admin, Kafka } from 'kafkajs';
import type { Lag } from './event-log.ts';
import { GroupStillRuns } from './event-log.errors.ts';
import { MEMBERSHIP } from './kafka-consumer.ts';

/** Milliseconds for which a group may take to be empty; a dead member is forgotten after its session. */
const PATIENCE_MS = 15_000;
const SHORTEST_AGE_MS = 250;
const LONGEST_AGE_MS = 40 * 86_400_000;

interface Place {
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
}

/** Waits until no replica belongs to a group. */
export async function untilEmpty(admin: Admin, group: string): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const { groups } = await admin.describeGroups([group]);
    if (groups.every(({ members }) => members.length === 0)) return;
    if (Date.now() > deadline) throw new GroupStillRuns(group);
    await pause(50);
  }
}

/**
 * Moves the offsets of an empty group back; none forward. kafkajs can do so only as a member, and its own `setOffsets`
 * takes five seconds for each topic.
 */
export async function moveBack(
  kafka: Kafka,
  admin: Admin,
  group: string,
  topics: string[],
  from: 'earliest' | Date,
): Promise<void> {
  const current = await placesOf(admin, group, topics);
  const targets = (await Promise.all(topics.map((topic) => placesAt(admin, topic, from)))).flat();
  const back = targets.filter((target) => target.offset < (current.get(nameOf(target)) ?? 0n));
  if (back.length === 0) return;

  const member = kafka.consumer({ ...MEMBERSHIP, groupId: group });
  await member.connect();
  try {
    await member.subscribe({ topics, fromBeginning: true });
    await member.run({ autoCommit: false, eachBatchAutoResolve: false, eachBatch: async () => undefined });
    await member.commitOffsets(back.map((place) => ({ ...place, offset: String(place.offset) })));
  } finally {
    await member.disconnect();
  }
}

/** How far a group is behind. Ages are found by asking for instants further and further back: at most twice the true age, or 250 ms. */
export async function lagIn(admin: Admin, group: string, topics: string[]): Promise<Lag[]> {
  const places = await placesOf(admin, group, topics);
  const lags = await Promise.all(
    topics.map(async (topic) => {
      const ends = await admin.fetchTopicOffsets(topic);
      const behind = ends.map(({ partition, high, low }) => {
        const offset = places.get(nameOf({ topic, partition })) ?? BigInt(low);
        return { topic, partition, offset, behind: Number(BigInt(high) - max(offset, BigInt(low))) };
      });
      const ages = await agesOf(
        admin,
        topic,
        behind.filter((place) => place.behind > 0),
      );
      return behind.map((place) => ({
        group,
        part: nameOf(place),
        behind: place.behind,
        oldestAgeMs: ages.get(place.partition) ?? 0,
      }));
    }),
  );
  return lags.flat();
}

async function agesOf(admin: Admin, topic: string, late: readonly Place[]): Promise<Map<number, number>> {
  const ages = new Map(late.map(({ partition }) => [partition, SHORTEST_AGE_MS]));
  const now = Date.now();
  let open = late;
  for (let age = SHORTEST_AGE_MS; open.length > 0 && age < LONGEST_AGE_MS; age *= 2) {
    const places = await placesAt(admin, topic, new Date(now - age));
    const offsets = new Map(places.map(({ partition, offset }) => [partition, offset]));
    open = open.filter(({ partition, offset }) => (offsets.get(partition) ?? 0n) > offset);
    for (const { partition } of open) ages.set(partition, age * 2);
  }
  return ages;
}

/** Where each partition has the first event since an instant; its end if it has none. */
async function placesAt(admin: Admin, topic: string, from: 'earliest' | Date): Promise<Place[]> {
  if (from === 'earliest') {
    const offsets = await admin.fetchTopicOffsets(topic);
    return offsets.map(({ partition, low }) => ({ topic, partition, offset: BigInt(low) }));
  }
  const offsets = await admin.fetchTopicOffsetsByTimestamp(topic, from.getTime());
  return offsets.map(({ partition, offset }) => ({ topic, partition, offset: BigInt(offset) }));
}

/** What a group has committed; partitions of which it has not are missing. */
async function placesOf(admin: Admin, group: string, topics: string[]): Promise<Map<string, bigint>> {
  const offsets = await admin.fetchOffsets({ groupId: group, topics });
  return new Map(
    offsets.flatMap(({ topic, partitions }) =>
      partitions
        .filter(({ offset }) => BigInt(offset) >= 0n)
        .map(({ partition, offset }) => [nameOf({ topic, partition }), BigInt(offset)] as const),
    ),
  );
}

const nameOf = ({ topic, partition }: { topic: string; partition: number }): string => `${topic}/${partition}`;
const max = (a: bigint, b: bigint): bigint => (a > b ? a : b);
