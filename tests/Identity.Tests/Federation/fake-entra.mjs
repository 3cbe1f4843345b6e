// Entra ID's v2.0 endpoints as far as a sign-in needs them, and an OpenID provider that lies on demand: node fake-entra.mjs <certificate> <key>.
// It keeps no state but its keys: a "recipe" on the authorization request says what the token is to be, and travels in the code.
import { createServer } from 'node:https';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { SignJWT, UnsecuredJWT, exportJWK, exportSPKI, generateKeyPair } from 'jose';

const [certificate, key] = process.argv.slice(2);
const pairs = {};
for (const kid of ['first', 'second', 'stranger']) {
  pairs[kid] = await generateKeyPair('RS256', { extractable: true });
}
let published = 'first';

// Providers that do not say in the answer who they are.
const SILENT = ['silent', 'quiet'];

// Answers that no provider should give, by the name of the issuer and the path.
const configuration = '.well-known/openid-configuration';
const ODD = {
  'a-list': { [configuration]: (response) => send(response, 200, '[]') },
  'a-word': { [configuration]: (response) => send(response, 200, '"x"') },
  'odd-encoding': { [configuration]: (response, said) => send(response, 200, said, { 'content-type': 'application/json; charset=bogus' }) },
  'cut-short': { [configuration]: (response) => response.writeHead(200, { 'content-length': '5000' }).write('{', () => response.destroy()) },
  'half-a-character': { [configuration]: (response) => send(response, 200, '{"issuer":"\\ud800"}') },
  'keys-a-list': { keys: (response) => send(response, 200, '[]') },
  'keys-a-word': { keys: (response) => send(response, 200, '{"keys":"x"}') },
  'keys-garbled': { keys: (response) => send(response, 200, { keys: [{ kty: 'RSA', n: '!', e: '!', kid: 'garbled' }] }) },
};

const base64 = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
const parse = (text) => JSON.parse(Buffer.from(text, 'base64url').toString());
const server = createServer({ cert: readFileSync(certificate), key: readFileSync(key) }, (request, response) => {
  answer(request, response).catch((error) => send(response, 500, { error: error.message }));
});
server.listen(0, '127.0.0.1', () => console.log(`ready https://127.0.0.1:${server.address().port}`));
process.stdin.on('end', () => process.exit(0)).resume();

function send(response, status, body, headers = {}) {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(typeof body === 'string' ? body : JSON.stringify(body));
}

async function answer(request, response) {
  const origin = `https://127.0.0.1:${server.address().port}`;
  const url = new URL(request.url, origin);
  const [, first, ...rest] = url.pathname.split('/');
  const entra = rest[0] === 'v2.0' || rest[1] === 'v2.0';
  const issuer = entra ? `${origin}/${['organizations', 'common'].includes(first) ? '{tenantid}' : first}/v2.0` : `${origin}/${first}`;
  const path = rest.filter((part) => part !== 'v2.0').join('/');
  if (first === 'rotate') {
    published = rest[0];
    return send(response, 200, {});
  }
  if (first === 'slow') {
    return undefined;
  }
  if (first === 'elsewhere') {
    return send(response, 302, '', { location: `${origin}/honest/${path}` });
  }
  if (ODD[first]?.[path]) {
    return ODD[first][path](response, metadata(origin, first, issuer, entra));
  }
  switch (path) {
    case '.well-known/openid-configuration': return send(response, 200, metadata(origin, first, issuer, entra));
    case 'discovery/keys': case 'keys': return send(response, 200, { keys: [{ ...await exportJWK(pairs[published].publicKey), kid: published, use: 'sig', alg: 'RS256', ...(entra && { issuer }) }] });
    case 'oauth2/authorize': case 'authorize': return authorize(url, response, issuer, first);
    case 'oauth2/logout': return signOut(url, response);
    case 'oauth2/token': case 'token': return token(request, response);
    default: return send(response, 404, {});
  }
}

function metadata(origin, first, issuer, entra) {
  const at = (path) => entra ? `${origin}/${first}/oauth2/v2.0/${path}` : `${origin}/${first}/${path}`;
  const said = {
    issuer, authorization_endpoint: at('authorize'), token_endpoint: at('token'),
    jwks_uri: entra ? `${origin}/${first}/discovery/v2.0/keys` : at('keys'),
    response_types_supported: ['code'], response_modes_supported: ['query'], subject_types_supported: ['pairwise'], scopes_supported: ['openid', 'profile', 'email'],
    id_token_signing_alg_values_supported: ['RS256'], code_challenge_methods_supported: ['S256'],
    token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
    authorization_response_iss_parameter_supported: !entra && !SILENT.includes(first),
  };
  return {
    ...said,
    ...(entra && { end_session_endpoint: at('logout') }),
    ...(first === 'another-issuer' && { issuer: `${origin}/honest` }),
    ...(first === 'private-keys' && { jwks_uri: 'https://10.0.0.1/keys' }),
    ...(first === 'plain-keys' && { jwks_uri: 'http://192.0.2.1/keys' }),
    ...(first === 'huge' && { filling: 'x'.repeat(1_000_000) }),
    ...(first === 'weak' && { id_token_signing_alg_values_supported: ['HS256', 'none'], code_challenge_methods_supported: ['plain'] }),
  };
}

function authorize(url, response, issuer, first) {
  const asked = Object.fromEntries(url.searchParams);
  const recipe = asked.recipe ? parse(asked.recipe) : {};
  const tenant = recipe.tenant ?? (first === 'organizations' ? '11111111-1111-1111-1111-111111111111' : first);
  const wanted = entraContext(asked.claims);
  const code = base64({ recipe, tenant, wanted, first, issuer: issuer.replace('{tenantid}', tenant), nonce: asked.nonce, audience: asked.client_id, challenge: asked.code_challenge, redirect: asked.redirect_uri });
  const back = new URL(asked.redirect_uri);
  back.search = new URLSearchParams({ code, state: asked.state, ...(!issuer.endsWith('v2.0') && !SILENT.includes(first) && { iss: issuer }) });
  send(response, 302, '', { location: back.href });
}

// Sends back whoever brings a token of this server, as Entra ID does with an address that is registered.
function signOut(url, response) {
  const asked = Object.fromEntries(url.searchParams);
  if (url.pathname.includes('organizations') || (asked.id_token_hint ?? '').split('.').length !== 3) {
    return send(response, 400, {});
  }
  const back = new URL(asked.post_logout_redirect_uri);
  back.search = new URLSearchParams({ state: asked.state });
  return send(response, 302, '', { location: back.href });
}

// The context that a claims request names; here its policy is always satisfied.
function entraContext(claims) {
  const asked = claims && JSON.parse(claims).id_token?.acrs;
  return asked?.essential === true ? asked.value : undefined;
}

async function token(request, response) {
  let body = '';
  for await (const chunk of request) {
    body += chunk;
  }
  const asked = Object.fromEntries(new URLSearchParams(body));
  const code = parse(asked.code);
  if (asked.redirect_uri !== code.redirect || createHash('sha256').update(asked.code_verifier ?? '').digest('base64url') !== code.challenge) {
    return send(response, 400, { error: 'invalid_grant' });
  }
  return send(response, 200, { token_type: 'Bearer', expires_in: 600, access_token: 'unused', id_token: await sign(code) });
}

async function sign({ recipe, tenant, wanted, issuer, nonce, audience }) {
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    iss: issuer, aud: audience, sub: `sub-of-${tenant}`, tid: tenant, oid: 'aaaaaaaa-0000-0000-0000-000000000001', ver: '2.0', acct: '0', sid: 'a-session',
    name: 'Enid Entra', email: 'enid@force.example', preferred_username: 'enid@force.example', nonce, iat: now, nbf: now, exp: now + 600, auth_time: now - 60,
    ...(wanted && { acrs: [wanted] }), ...recipe.claims,
  };
  for (const [name, value] of Object.entries(recipe.claims ?? {})) {
    if (value === null) {
      delete claims[name];
    }
  }
  switch (recipe.alg) {
    case 'none': return new UnsecuredJWT(claims).encode();
    case 'HS256': return new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: published, typ: 'JWT' }).sign(Buffer.from(recipe.secret ?? await exportSPKI(pairs[published].publicKey)));
    default: {
      const kid = recipe.kid ?? published;
      return new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: recipe.claimedKid ?? kid, typ: 'JWT', ...recipe.header, ...(recipe.embed && { jwk: await exportJWK(pairs[kid].publicKey) }) }).sign(pairs[kid].privateKey);
    }
  }
}
