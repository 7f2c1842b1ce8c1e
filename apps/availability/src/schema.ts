import { ownSchema } from '@scheduling/persistence';
import { RulesAndTakenTime1795349000000 } from './migrations/0001-rules-and-taken-time.ts';

/** The schema `availability`: each step that made it. */
export const availabilitySchema = (url: string) => ownSchema(url, 'availability', [], [RulesAndTakenTime1795349000000]);
