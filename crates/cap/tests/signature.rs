//! Signatures: the one form that is let through, and what of it must not be otherwise. Whether the sum is right
//! is for a program with a key to say.

use loa_cap::{Problem, to_check};

const SIGNED: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
  <identifier>KTTV-2026-118</identifier>
  <ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#">
    <ds:SignedInfo>
      <ds:CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/>
      <ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/>
      <ds:Reference URI="">
        <ds:Transforms>
          <ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/>
          <ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/>
        </ds:Transforms>
        <ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/>
        <ds:DigestValue>rkE=</ds:DigestValue>
      </ds:Reference>
    </ds:SignedInfo>
    <ds:SignatureValue>nM4=</ds:SignatureValue><ds:KeyInfo><ds:KeyName>a &gt; b</ds:KeyName></ds:KeyInfo>
  </ds:Signature>
</alert>
"#;

fn changed(old: &str, new: &str) -> (usize, Problem) {
    assert!(SIGNED.contains(old), "{old}");
    let refused = to_check(SIGNED.replacen(old, new, 1).as_bytes()).unwrap_err();
    (refused.line, refused.problem)
}

#[test]
fn it_is_checked_without_the_key_that_it_names_itself() {
    let checked = to_check(SIGNED.as_bytes()).unwrap();
    let expected = SIGNED.replace(
        "<ds:KeyInfo><ds:KeyName>a &gt; b</ds:KeyName></ds:KeyInfo>",
        "",
    );
    assert_eq!(String::from_utf8(checked).unwrap(), expected);
    assert_eq!(to_check(expected.as_bytes()).unwrap(), expected.as_bytes());
}

#[test]
fn one_signature_over_all_of_it_by_a_method_that_holds() {
    let odd = |name: &str| Problem::Signature(name.into());
    // A part of it only, or something that is named by an id.
    assert_eq!(changed("URI=\"\"", "URI=\"#a\""), (8, odd("Reference")));
    assert_eq!(changed(" URI=\"\"", ""), (8, odd("Reference")));
    // What leaves some of it out.
    let enveloped = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
    let exclusive = "<ds:Transform Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"/>";
    for other in [
        "http://www.w3.org/TR/1999/REC-xpath-19991116",
        "http://www.w3.org/TR/1999/REC-xslt-19991116",
        "http://www.w3.org/2000/09/xmldsig#base64",
    ] {
        assert_eq!(changed(enveloped, other).1, odd("Transform"));
    }
    assert_eq!(
        changed(enveloped, "http://www.w3.org/2001/10/xml-exc-c14n#").1,
        odd("Transforms")
    );
    let twice = format!("<ds:Transform Algorithm=\"{enveloped}\"/>");
    assert_eq!(changed(exclusive, &twice).1, odd("Transforms"));
    // Methods that can be forged, or that anybody who checks could sign with.
    let rsa = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
    for other in [
        "http://www.w3.org/2000/09/xmldsig#rsa-sha1",
        "http://www.w3.org/2000/09/xmldsig#hmac-sha1",
        "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256",
    ] {
        assert_eq!(changed(rsa, other), (7, odd("SignatureMethod")));
    }
    let digest = "http://www.w3.org/2001/04/xmlenc#sha256";
    assert_eq!(
        changed(digest, "http://www.w3.org/2000/09/xmldsig#sha1").1,
        odd("DigestMethod")
    );
    // More than there should be, or of somebody else's namespace.
    assert_eq!(
        changed("<ds:SignatureValue>", "<ds:SignedInfo/><ds:SignatureValue>").1,
        odd("Signature")
    );
    assert_eq!(
        changed("</ds:SignedInfo>", "<ds:Reference/></ds:SignedInfo>").1,
        odd("SignedInfo")
    );
    assert_eq!(
        changed("ds:DigestMethod", "DigestMethod").1,
        odd("DigestMethod")
    );
    assert_eq!(
        changed("</ds:KeyInfo>", "</ds:KeyInfo><ds:Object/>").1,
        odd("Signature")
    );
    assert_eq!(
        changed("URI=\"\"", "URI=\"\" Type=\"x\"").1,
        odd("Reference")
    );
}

#[test]
fn there_is_one_signature_and_it_stands_in_the_warning_itself() {
    let (start, end) = (
        SIGNED.find("  <ds:Sig").unwrap(),
        SIGNED.find("</alert>").unwrap(),
    );
    let signature = &SIGNED[start..end];
    assert_eq!(changed(signature, ""), (2, Problem::NotSigned));
    assert_eq!(
        changed(signature, &signature.repeat(2)),
        (2, Problem::NotSigned)
    );
    let deeper = format!("<info>{signature}</info>");
    assert_eq!(
        changed(signature, &deeper).1,
        Problem::Unexpected("Signature".into())
    );
    assert_eq!(changed("UTF-8", "UTF-7").1, Problem::NotXml);
}
