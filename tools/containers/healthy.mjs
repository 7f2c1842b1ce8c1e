// node tools/containers/healthy.mjs: asks the service in this container whether it lives; 0 if so, 1 otherwise.
const port = process.env.PORT || '3000';
const answer = await fetch(`http://127.0.0.1:${port}/health/live`, { signal: AbortSignal.timeout(2500) }).catch(
  () => null,
);
process.exit(answer?.ok ? 0 : 1);
