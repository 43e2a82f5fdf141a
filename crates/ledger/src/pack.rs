//! Compression. A capture is a zstd frame of its own, which any zstd opens. A reading is a frame whose
//! dictionary is the capture, as most of its words stand there: a fifth fewer bytes on the examples.

use zstd::zstd_safe::{CCtx, CParameter, DCtx, compress_bound};

use crate::{Error, Result};

/// zstd's own default; higher levels cost time and win little on texts of a few kilobytes.
const LEVEL: i32 = 3;

/// Nothing that is unpacked is longer, whatever the file says: a guard against a hostile ledger.
const MOST_BYTES: usize = 1 << 30;

/// `bytes` as one frame; `dictionary` is raw content, and empty for none.
pub(crate) fn pack(bytes: &[u8], dictionary: &[u8]) -> Result<Vec<u8>> {
    let failed = |code| Error::damaged(format!("cannot compress: {}", zstd::zstd_safe::get_error_name(code)));
    let mut context = CCtx::create();
    context.set_parameter(CParameter::CompressionLevel(LEVEL)).map_err(failed)?;
    context.set_parameter(CParameter::ChecksumFlag(true)).map_err(failed)?;
    // A known size keeps the tables small.
    context.set_pledged_src_size(Some(bytes.len() as u64)).map_err(failed)?;
    if !dictionary.is_empty() {
        context.ref_prefix(dictionary).map_err(failed)?;
    }
    let mut packed = Vec::with_capacity(compress_bound(bytes.len()));
    context.compress2(&mut packed, bytes).map_err(failed)?;
    packed.shrink_to_fit();
    Ok(packed)
}

/// The `n_bytes` that were packed with the same dictionary.
pub(crate) fn unpack(packed: &[u8], n_bytes: usize, dictionary: &[u8]) -> Result<Vec<u8>> {
    if n_bytes > MOST_BYTES {
        return Err(Error::damaged(format!("says that it holds {n_bytes} bytes, over the limit")));
    }
    let failed =
        |code| Error::damaged(format!("cannot be decompressed: {}", zstd::zstd_safe::get_error_name(code)));
    let mut context = DCtx::create();
    if !dictionary.is_empty() {
        context.ref_prefix(dictionary).map_err(failed)?;
    }
    let mut bytes = Vec::with_capacity(n_bytes);
    context.decompress(&mut bytes, packed).map_err(failed)?;
    if bytes.len() != n_bytes {
        return Err(Error::damaged(format!("holds {} bytes, not {n_bytes}", bytes.len())));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_packed_comes_back(bytes: Vec<u8>, dictionary: Vec<u8>) {
            let packed = pack(&bytes, &dictionary).unwrap();
            prop_assert_eq!(unpack(&packed, bytes.len(), &dictionary).unwrap(), bytes);
        }

        #[test]
        fn any_bytes_are_an_error_or_bytes(packed: Vec<u8>, n_bytes in 0usize..2000) {
            if let Ok(bytes) = unpack(&packed, n_bytes, b"") {
                prop_assert_eq!(bytes.len(), n_bytes);
            }
        }
    }

    #[test]
    fn a_changed_byte_is_found() {
        let bytes = "It rained in Harrow Bay. ".repeat(20).into_bytes();
        let packed = pack(&bytes, b"").unwrap();
        for place in 0..packed.len() {
            let mut changed = packed.clone();
            changed[place] ^= 0x10;
            let found = unpack(&changed, bytes.len(), b"");
            assert!(found.is_err() || found.unwrap() == bytes, "byte {place}");
        }
    }

    #[test]
    fn a_claim_of_size_is_not_believed() {
        assert!(unpack(b"", usize::MAX, b"").is_err());
    }
}
