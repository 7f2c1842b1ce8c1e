import { data } from './data.mjs';
import { edge } from './edge.mjs';
import { network } from './network.mjs';
import { pods } from './pods.mjs';
import { references } from './references.mjs';
import { scaling } from './scaling.mjs';
import { secrets } from './secrets.mjs';
import { settings } from './settings.mjs';

const RULES = { ...pods, ...scaling, ...references, ...network, ...settings, ...secrets, ...edge, ...data };

/** The names of all rules, each of which ends a sentence that begins with the overlay. */
export const ruleNames = Object.keys(RULES);

/** What a rule has to say against a world; nothing if all is well. */
export const complaints = (name, world) => [...new Set(RULES[name](world).filter(Boolean))];
