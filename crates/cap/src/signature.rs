//! The signature of a warning (XML Signature, enveloped), as far as it can be judged without a key.
//!
//! Only one form is let through: one signature over the whole document and nothing else, with methods that
//! nobody can forge today. So that whoever has a program check it knows that what was read is what was signed.

use crate::elements::{Element, Problem, Refused, root};

const CANONICAL: [&str; 3] = [
    "http://www.w3.org/2001/10/xml-exc-c14n#",
    "http://www.w3.org/TR/2001/REC-xml-c14n-20010315",
    "http://www.w3.org/2006/12/xml-c14n11",
];
const ENVELOPED: &str = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
/// SHA-1 is left out: it can be forged. HMAC is left out: whoever checks it could sign too.
const METHODS: [&str; 6] = [
    "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
    "http://www.w3.org/2001/04/xmldsig-more#rsa-sha384",
    "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512",
    "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256",
    "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384",
    "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha512",
];
const DIGESTS: [&str; 3] = [
    "http://www.w3.org/2001/04/xmlenc#sha256",
    "http://www.w3.org/2001/04/xmldsig-more#sha384",
    "http://www.w3.org/2001/04/xmlenc#sha512",
];

/// The document as its signature is to be checked with the key that the sender is known by: without what
/// the signature says of its own key, which anybody could have put there.
///
/// # Errors
/// [`Refused`] with the line, if it has not one signature, over all of it.
pub fn to_check(document: &[u8]) -> Result<Vec<u8>, Refused> {
    let alert = root(document)?;
    let [signature] = alert.signatures.as_slice() else {
        return Err(alert.refused(Problem::NotSigned));
    };
    if signature.name != "Signature" {
        return Err(odd(signature));
    }
    let (info, value, key) = match signature.children.as_slice() {
        [info, value] => (info, value, None),
        [info, value, key] => (info, value, Some(key)),
        _ => return Err(odd(signature)),
    };
    is(info, "SignedInfo")?;
    is(value, "SignatureValue")?;
    plain(value)?;
    signed_info(info)?;
    let mut bytes = document.to_vec();
    if let Some(key) = key {
        is(key, "KeyInfo")?;
        bytes.drain(key.place.clone());
    }
    Ok(bytes)
}

fn signed_info(info: &Element) -> Result<(), Refused> {
    let [canonical, method, reference] = info.children.as_slice() else {
        return Err(odd(info));
    };
    is(canonical, "CanonicalizationMethod")?;
    one_of(canonical, &CANONICAL)?;
    is(method, "SignatureMethod")?;
    one_of(method, &METHODS)?;
    plain(method)?;
    is(reference, "Reference")?;
    // The whole document, and nothing that is named by an id.
    if reference.attributes != [("URI".to_owned(), String::new())] {
        return Err(odd(reference));
    }
    let [transforms, digest, value] = reference.children.as_slice() else {
        return Err(odd(reference));
    };
    is(transforms, "Transforms")?;
    let mut enveloped = 0;
    for transform in &transforms.children {
        is(transform, "Transform")?;
        if one_of(transform, &[ENVELOPED]).is_ok() {
            plain(transform)?;
            enveloped += 1;
        } else {
            one_of(transform, &CANONICAL)?;
        }
    }
    if enveloped != 1 {
        return Err(odd(transforms));
    }
    is(digest, "DigestMethod")?;
    one_of(digest, &DIGESTS)?;
    plain(digest)?;
    is(value, "DigestValue")?;
    plain(value)
}

fn is(one: &Element, name: &str) -> Result<(), Refused> {
    if one.name == name && one.foreign == Some(true) {
        Ok(())
    } else {
        Err(odd(one))
    }
}

fn one_of(one: &Element, algorithms: &[&str]) -> Result<(), Refused> {
    match one.attributes.as_slice() {
        [(name, value)] if name == "Algorithm" && algorithms.contains(&value.as_str()) => Ok(()),
        _ => Err(odd(one)),
    }
}

/// Without anything in it but text.
fn plain(one: &Element) -> Result<(), Refused> {
    if one.children.is_empty() {
        Ok(())
    } else {
        Err(odd(one))
    }
}

fn odd(one: &Element) -> Refused {
    one.refused(Problem::Signature(one.name.clone()))
}
