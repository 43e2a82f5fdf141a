//! Compression. A capture is a zstd frame of its own, which any zstd opens. A reading is a frame whose
//! dictionary is the capture, as most of its words stand there: a fifth fewer bytes on the examples.

use std::cell::RefCell;

use zstd::zstd_safe::{CCtx, CParameter, DCtx, ErrorCode, compress_bound, get_error_name};

use crate::{Error, Result};

/// zstd's own default; higher levels cost time and win little on texts of a few kilobytes.
const LEVEL: i32 = 3;

/// Nothing that is unpacked is longer, whatever the file says: a guard against a hostile ledger.
const MOST_BYTES: usize = 1 << 30;

thread_local! {
    /// For frames without a dictionary: to make a context costs as much as to pack a report. One that has
    /// had a dictionary cannot be kept, as it refers to it.
    static PLAIN: (RefCell<CCtx<'static>>, RefCell<DCtx<'static>>) =
        (RefCell::new(CCtx::create()), RefCell::new(DCtx::create()));
}

/// `bytes` as one frame; `dictionary` is raw content, and empty for none.
pub(crate) fn pack(bytes: &[u8], dictionary: &[u8]) -> Result<Vec<u8>> {
    if dictionary.is_empty() {
        return PLAIN.with(|(context, _)| pack_in(&mut context.borrow_mut(), bytes));
    }
    let mut context = CCtx::create();
    context.ref_prefix(dictionary).map_err(not_packed)?;
    pack_in(&mut context, bytes)
}

fn pack_in(context: &mut CCtx<'_>, bytes: &[u8]) -> Result<Vec<u8>> {
    context.set_parameter(CParameter::CompressionLevel(LEVEL)).map_err(not_packed)?;
    context.set_parameter(CParameter::ChecksumFlag(true)).map_err(not_packed)?;
    // A known size keeps the tables small.
    context.set_pledged_src_size(Some(bytes.len() as u64)).map_err(not_packed)?;
    let mut packed = Vec::with_capacity(compress_bound(bytes.len()));
    context.compress2(&mut packed, bytes).map_err(not_packed)?;
    packed.shrink_to_fit();
    Ok(packed)
}

fn not_packed(code: ErrorCode) -> Error {
    Error::damaged(format!("cannot compress: {}", get_error_name(code)))
}

/// The `n_bytes` that were packed with the same dictionary.
pub(crate) fn unpack(packed: &[u8], n_bytes: usize, dictionary: &[u8]) -> Result<Vec<u8>> {
    if n_bytes > MOST_BYTES {
        return Err(Error::damaged(format!("says that it holds {n_bytes} bytes, over the limit")));
    }
    if dictionary.is_empty() {
        return PLAIN.with(|(_, context)| unpack_in(&mut context.borrow_mut(), packed, n_bytes));
    }
    let mut context = DCtx::create();
    context.ref_prefix(dictionary).map_err(not_unpacked)?;
    unpack_in(&mut context, packed, n_bytes)
}

fn unpack_in(context: &mut DCtx<'_>, packed: &[u8], n_bytes: usize) -> Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(n_bytes);
    context.decompress(&mut bytes, packed).map_err(not_unpacked)?;
    if bytes.len() != n_bytes {
        return Err(Error::damaged(format!("holds {} bytes, not {n_bytes}", bytes.len())));
    }
    Ok(bytes)
}

fn not_unpacked(code: ErrorCode) -> Error {
    Error::damaged(format!("cannot be decompressed: {}", get_error_name(code)))
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
