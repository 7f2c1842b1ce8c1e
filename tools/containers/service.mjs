// node tools/containers/service.mjs: what the image of an app runs, as process 1: the app that APP names.
import { createRequire } from 'node:module';

// Process 1 loses a signal that nobody listens to, and to read an app takes its time; what comes meanwhile is heard by the app itself.
const leave = () => process.exit(0);
process.on('SIGTERM', leave);
createRequire(import.meta.url)(`../../apps/${process.env.APP}/dist/main.js`);
process.off('SIGTERM', leave);
