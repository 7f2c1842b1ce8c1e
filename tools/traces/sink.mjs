import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { spansIn } from './otlp.mjs';

/** Takes spans as a collector does, on a free port of this machine, and keeps them in `spans`. */
export async function openSink() {
  const spans = [];
  const take = async (request, response) => {
    const body = await buffer(request);
    spans.push(...spansIn(request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body));
    response.writeHead(200, { 'content-type': 'application/x-protobuf' }).end();
  };
  const server = createServer((request, response) => void take(request, response));
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  return {
    spans,
    url: `http://127.0.0.1:${server.address().port}`,
    close: () => new Promise((closed) => server.close(closed).closeAllConnections()),
  };
}
