//! Passwords: argon2id with the parameters OWASP gives for 19 MiB (Password Storage Cheat Sheet).

use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, PasswordHash, Version};

use crate::clock::{Chance, random};

/// A password that cannot be hashed.
#[derive(Debug, thiserror::Error)]
#[error("the password cannot be used: {0}")]
pub struct PasswordError(String);

/// The hash to keep.
pub fn hash(password: &str, chance: &dyn Chance) -> Result<String, PasswordError> {
    let salt: [u8; 16] = random(chance);
    let hash = hasher()?
        .hash_password_with_salt(password.as_bytes(), &salt)
        .map_err(refused)?;
    Ok(hash.to_string())
}

/// Whether a password is the one that was hashed.
pub fn matches(password: &str, hash: &str) -> bool {
    let Ok(parsed) = PasswordHash::new(hash) else {
        return false;
    };
    hasher().is_ok_and(|hasher| hasher.verify_password(password.as_bytes(), &parsed).is_ok())
}

fn hasher() -> Result<Argon2<'static>, PasswordError> {
    let params = Params::new(19 * 1024, 2, 1, None).map_err(refused)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn refused(error: impl std::fmt::Display) -> PasswordError {
    PasswordError(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::SystemChance;

    #[test]
    fn only_the_same_password_matches() {
        let kept = hash("đài truyền thanh", &SystemChance).unwrap();
        assert!(kept.starts_with("$argon2id$"));
        assert!(matches("đài truyền thanh", &kept));
        assert!(!matches("dai truyen thanh", &kept));
        assert!(!matches("", "no hash at all"));
    }
}
