/** The spans of an OTLP export in Protobuf, as much of them as a picture needs (opentelemetry-proto, trace/v1/trace.proto). */
export function spansIn(bytes) {
  return messages(bytes, 1).flatMap((resourceSpans) => {
    const service = attributesOf(messages(resourceSpans, 1)[0] ?? Buffer.alloc(0), 1)['service.name'];
    return messages(resourceSpans, 2)
      .flatMap((scopeSpans) => messages(scopeSpans, 2))
      .map((span) => spanOf(span, service));
  });
}

function spanOf(bytes, service) {
  const found = Object.fromEntries([...fields(bytes)].map(({ number, value }) => [number, value]));
  const status = found[15] ? [...fields(found[15])].find(({ number }) => number === 3)?.value : 0;
  return {
    service,
    traceId: found[1].toString('hex'),
    id: found[2].toString('hex'),
    parentId: found[4]?.length ? found[4].toString('hex') : null,
    name: found[5].toString(),
    kind: ['', 'internal', 'server', 'client', 'producer', 'consumer'][found[6] ?? 0],
    /** In milliseconds since 1970. */
    startAt: Number(found[7]) / 1e6,
    endAt: Number(found[8]) / 1e6,
    attributes: attributesOf(bytes, 9),
    hasFailed: status === 2,
  };
}

/** Attributes that are texts or whole numbers; others are left out. */
function attributesOf(bytes, number) {
  const entries = messages(bytes, number).map((pair) => {
    const [key, value] = [1, 2].map((n) => [...fields(pair)].find((field) => field.number === n)?.value);
    const told = value && [...fields(value)][0];
    return [key.toString(), told?.number === 1 ? told.value.toString() : told?.value];
  });
  return Object.fromEntries(entries);
}

const messages = (bytes, number) =>
  [...fields(bytes)].filter((field) => field.number === number).map(({ value }) => value);

/** The fields of a message in their order: numbers for varints, a BigInt for 64 bits, else bytes. */
function* fields(bytes) {
  let at = 0;
  const varint = () => {
    for (let value = 0n, shift = 0n; ; shift += 7n) {
      const byte = bytes[at++];
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length) {
    const key = Number(varint());
    const number = key >> 3;
    const type = key & 7;
    if (type === 0) yield { number, value: Number(varint()) };
    else if (type === 1) yield { number, value: bytes.readBigUInt64LE((at += 8) - 8) };
    else if (type === 5) yield { number, value: bytes.readUInt32LE((at += 4) - 4) };
    else {
      const length = Number(varint());
      yield { number, value: bytes.subarray(at, (at += length)) };
    }
  }
}
