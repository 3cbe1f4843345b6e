// An agency's OpenID provider that we did not write: node agency-provider.mjs <json>. Says "ready <issuer>" on its own free port.
// Nobody types a password: the account is the login_hint's, or "officer".
import { createServer } from 'node:http';
import { Provider } from 'oidc-provider';

const { clients } = JSON.parse(process.argv[2]);
const people = {
  officer: { name: 'Olive Officer', email: 'olive@kent.example' },
  newcomer: { name: 'Nora Newcomer', email: 'nora@kent.example' },
};

const server = createServer();
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: clients.map((client) => ({ token_endpoint_auth_method: 'client_secret_basic', backchannel_logout_session_required: true, ...client })),
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    claims: { openid: ['sub'], profile: ['name'], email: ['email'], acr: null, amr: null, auth_time: null, sid: null },
    acrValues: ['urn:kent:two-factors'],
    features: {
      devInteractions: { enabled: false },
      backchannelLogout: { enabled: true },
      rpInitiatedLogout: { enabled: true, logoutSource: (ctx, form) => { ctx.body = `<body>${form}</body>`; } },
    },
    // The provider would not call a loopback address, which is where the server under test listens.
    fetch: (url, options) => { delete options.dispatcher; return globalThis.fetch(url, options); },
    interactions: { url: (ctx, interaction) => `/login/${interaction.uid}` },
    findAccount: (ctx, id) => ({ accountId: id, claims: () => ({ sub: id, ...(people[id] ?? { name: id }) }) }),
    loadExistingGrant: async (ctx) => {
      const grant = new ctx.oidc.provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId });
      grant.addOIDCScope('openid profile email');
      grant.addOIDCClaims(['acr', 'amr', 'auth_time', 'sid']);
      await grant.save();
      return grant;
    },
    cookies: { keys: ['a-test'] },
    ttl: { Session: 3600, Grant: 3600, AccessToken: 600, IdToken: 600, AuthorizationCode: 60, Interaction: 600 },
  });
  const handle = provider.callback();
  server.on('request', async (request, response) => {
    if (!request.url.startsWith('/login/')) {
      handle(request, response);
      return;
    }
    const { params } = await provider.interactionDetails(request, response);
    const strong = (params.acr_values ?? '').includes('urn:kent:two-factors');
    await provider.interactionFinished(request, response, {
      login: { accountId: params.login_hint ?? 'officer', ...(strong ? { acr: 'urn:kent:two-factors', amr: ['pwd', 'otp'] } : { amr: ['pwd'] }) },
    }, { mergeWithLastSubmission: false });
  });
  console.log(`ready ${issuer}`);
});
process.stdin.on('end', () => process.exit(0)).resume();
