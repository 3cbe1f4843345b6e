// Drives sign-in as a client that knows nothing of Assize: node stranger.mjs <issuer> <id> <secret> <host id> <host key>
import assert from 'node:assert/strict';
import * as oidc from 'openid-client';

const [issuer, systemId, systemSecret, hostId, hostKey] = process.argv.slice(2);
const insecure = { execute: [oidc.allowInsecureRequests] };
const redirect = 'http://127.0.0.1:9/callback';

const person = await oidc.discovery(new URL(issuer), 'assize-demonstration', undefined, oidc.None(), insecure);
assert.equal(person.serverMetadata().issuer, issuer);
assert.ok(person.serverMetadata().supportsPKCE('S256'));
assert.ok(!person.serverMetadata().supportsPKCE('plain'));

const verifier = oidc.randomPKCECodeVerifier();
const [state, nonce] = [oidc.randomState(), oidc.randomNonce()];
const authorize = oidc.buildAuthorizationUrl(person, {
  redirect_uri: redirect, scope: 'openid api', state, nonce,
  code_challenge: await oidc.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256',
});

const callback = await signIn(authorize, 'helen.marsh@cps-mersey-cheshire');
const tokens = await oidc.authorizationCodeGrant(person, callback, { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce });
assert.equal(tokens.claims().sub, 'helen.marsh@cps-mersey-cheshire');
assert.equal(tokens.claims().agency, 'cps-mersey-cheshire');

const who = await oidc.fetchUserInfo(person, tokens.access_token, tokens.claims().sub);
assert.deepEqual(who.roles, ['reviewing-lawyer']);

const system = await oidc.discovery(new URL(issuer), systemId, systemSecret, undefined, insecure);
const own = await oidc.clientCredentialsGrant(system, { scope: 'api' });
assert.ok(own.access_token);

// A confidential client signs with its own key, and may only push its requests.
const jwk = JSON.parse(hostKey);
const key = { key: await crypto.subtle.importKey('jwk', jwk, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']), kid: jwk.kid };
const signed = oidc.PrivateKeyJwt(key, { [oidc.modifyAssertion]: (header) => { header.typ = 'client-authentication+jwt'; } });
const host = await oidc.discovery(new URL(issuer), hostId, undefined, signed, insecure);
assert.equal((await oidc.tokenIntrospection(host, tokens.access_token)).active, true);
await oidc.tokenRevocation(person, tokens.access_token);
assert.equal((await oidc.tokenIntrospection(host, tokens.access_token)).active, false);

async function signIn(start, subject) {
  const jar = new Map();
  const go = async (url, init = {}) => {
    const answer = await fetch(url, { ...init, redirect: 'manual', headers: { ...init.headers, cookie: [...jar].map((pair) => pair.join('=')).join('; ') } });
    for (const line of answer.headers.getSetCookie()) {
      const [name, value] = line.split(';')[0].split(/=(.*)/s);
      jar.set(name, value);
    }
    return answer;
  };
  const toSignIn = await go(start);
  const signInUrl = new URL(toSignIn.headers.get('location'), issuer);
  const page = await (await go(signInUrl)).text();
  const field = (name) => page.match(new RegExp(`name="${name}" value="([^"]*)"`))[1].replaceAll('&amp;', '&');
  const body = new URLSearchParams({ form_token: field('form_token'), returnUrl: field('returnUrl'), subject });
  const chosen = await go(new URL('/signin', issuer), { method: 'POST', body });
  const done = await go(new URL(chosen.headers.get('location'), issuer));
  return new URL(done.headers.get('location'));
}
