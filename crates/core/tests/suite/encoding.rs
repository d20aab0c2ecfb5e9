//! Every text arrives unchanged.

use livecloud_core::test_util::ReplayTransport;
use livecloud_core::{Method, RawCall};
use proptest::prelude::*;

use super::toy::{Toy, client, ok};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]
    #[test]
    fn any_text_survives_query_form_and_json(name in "[a-zA-Z_]{1,8}", value in any::<String>(), key in "\\PC{1,6}") {
        let transport = ReplayTransport::always(ok());
        let client = client(&transport);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        runtime.block_on(async {
            let call = RawCall::<Toy>::new((), Method::Post, "/x").query(name.clone(), value.clone()).form(key.clone(), value.clone());
            client.call(call).await.unwrap();
            let json = serde_json::json!({ &key: &value });
            client.call(RawCall::<Toy>::new((), Method::Post, "/x").json(&json).unwrap()).await.unwrap();
        });
        let [form, json] = transport.requests().try_into().unwrap();
        prop_assert_eq!(form.query(&name), Some(value.clone()));
        prop_assert_eq!(form.form(&key), Some(value.clone()));
        prop_assert_eq!(&json.json()[&key], &value);
    }
}
