/** What we read of the operations of a path, by their methods. */
export type Operations = Readonly<
  Record<string, { readonly 'x-public'?: boolean; readonly parameters?: readonly Parameter[] }>
>;

interface Parameter {
  readonly in: string;
  readonly name: string;
}

export const BEARER = {
  type: 'http',
  scheme: 'bearer',
  bearerFormat: 'JWT',
  description: 'A token of the OpenID provider.',
};

const inHeader = (name: string, description: string) => ({ type: 'apiKey', in: 'header', name, description });

/** How providers show who they are, by what we call it here. */
export const SIGNATURES: Readonly<Record<string, ReturnType<typeof inHeader>>> = {
  stripe: inHeader('stripe-signature', "Stripe's signature of the body, as its document on webhooks says."),
  twilio: inHeader(
    'x-twilio-signature',
    "Twilio's signature of the address and the form, as its document on security says.",
  ),
  google: inHeader('x-goog-channel-token', 'What we told Google when the channel was opened.'),
};

/** Each operation with what it asks of callers: what is open to everybody asks for a provider's signature, or for nothing. */
export function withSecurity(operations: Operations): Operations {
  return Object.fromEntries(
    Object.entries(operations).map(([method, operation]) => {
      if (!operation['x-public']) return [method, operation];
      const { parameters = [] } = operation;
      const signature = Object.keys(SIGNATURES).find((name) => parameters.some((one) => isFor(name, one)));
      const others = parameters.filter((one) => signature === undefined || !isFor(signature, one));
      return [method, { ...operation, parameters: others, security: signature ? [{ [signature]: [] }] : [] }];
    }),
  );
}

const isFor = (signature: string, { in: place, name }: Parameter): boolean =>
  place === 'header' && name.toLowerCase() === SIGNATURES[signature]!.name;
