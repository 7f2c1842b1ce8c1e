/** A reason not to go on that the person at the terminal can act upon: its message is the one sentence that they see. */
export class CannotStart extends Error {}

const FULL_DISK = /No space left on device|ENOSPC/;
const UNKNOWN_USER = /could not look up effective user ID|local user with ID \d+ does not exist/;
const NO_MEMORY = /Cannot allocate memory|could not (map|create) (anonymous )?shared memory/;

/** Turns what PostgreSQL or the system wrote into one sentence; `where` is the folder that it is about. */
export function explain(output, where) {
  if (FULL_DISK.test(output))
    return new CannotStart(`The disk that holds ${where} is full: free some space and try again.`);
  if (UNKNOWN_USER.test(output)) {
    return new CannotStart(
      `PostgreSQL needs a user with a name, and this system has none for uid ${process.getuid()}.`,
    );
  }
  if (NO_MEMORY.test(output)) return new CannotStart('There is too little free memory to start PostgreSQL.');
  const lines = output.split('\n').filter((line) => line.trim());
  const cause = lines.find((line) => /FATAL|PANIC|error:/.test(line)) ?? lines.at(-1) ?? 'it said nothing';
  return new CannotStart(`PostgreSQL did not start in ${where}: ${cause.trim()}`);
}

/** Runs a step on the file system of `where`, and says a full or closed disk in one sentence. */
export function onDisk(where, step) {
  try {
    return step();
  } catch (error) {
    if (error.code === 'ENOSPC' || error.code === 'EDQUOT') throw explain('ENOSPC', where);
    if (['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST'].includes(error.code)) {
      throw new CannotStart(
        `${where} cannot be used as data folder (${error.code}): set DATA_DIR to a folder of yours.`,
        {
          cause: error,
        },
      );
    }
    throw error;
  }
}
