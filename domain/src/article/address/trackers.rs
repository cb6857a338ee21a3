//! Parameters that say where a reader came from and nothing about the article.
//!
//! What browsers and the well-kept filter lists agree on, less all that some site names its articles by: a parameter too
//! few costs a second copy of an article, one too many loses an article.

use crate::source::is_host;

/// Who adds parameters to addresses, and how their names begin.
const PREFIXES: &[(&str, &str)] = &[
    ("Google Analytics, and all that followed it", "utm_"),
    ("AT Internet, Piano", "at_"),
    ("Matomo, once Piwik", "mtm_ matomo_ pk_ piwik_"),
    ("HubSpot", "hsa_"),
    ("campaigns within a site", "itm_ otm_"),
    ("newsletters", "hmb_ oft_ bsft_ sfmc_"),
    ("Coremetrics", "cm_mmc"),
    ("the consent page of Yahoo", "guce_"),
    ("what shows AMP", "amp_js_"),
];

/// Who adds parameters to addresses, and their names in lower case.
const NAMES: &[(&str, &str)] = &[
    ("Google", "gclid gclsrc dclid gbraid wbraid gad_source gad_campaignid srsltid _ga _gl usqp amp_gsa"),
    ("Google Analytics", "utm ga_source ga_medium ga_campaign ga_content ga_term"),
    ("Facebook", "fbclid mibextid fb_action_ids fb_action_types fb_comment_id fb_ref fb_source"),
    ("Facebook, long ago", "action_object_map action_ref_map action_type_map"),
    ("Instagram", "igshid igsh"),
    ("Microsoft, Yahoo", "msclkid guccounter"),
    ("Yandex", "yclid ysclid ymclid _openstat openstat erid"),
    ("X", "twclid __twitter_impression ref_src ref_url"),
    ("TikTok, LinkedIn, Pinterest, Snapchat, Reddit", "ttclid li_fat_id epik sccid rdt_cid"),
    ("Mailchimp", "mc_cid mc_eid mc_tc"),
    ("HubSpot", "_hsenc _hsmi __hsfp __hssc __hstc hsctatracking"),
    ("Marketo, Vero, MailerLite", "mkt_tok vero_conv vero_id ml_subscriber ml_subscriber_hash"),
    ("Olytics, Drip, Klaviyo, Dynamics, Oracle", "oly_anon_id oly_enc_id __s _kx _cldee elqtrack elqtrackid"),
    ("Webtrekk, AT Internet", "wt_mc wt_zmc wtrid xtor"),
    ("Adobe", "cmpid s_cid s_kwcid ef_id"),
    ("comScore", "ns_source ns_mchannel ns_campaign ns_linkname ns_fee"),
    ("Echobox, Outbrain, Branch, Alibaba", "echobox dicbo obclickid _branch_match_id spm"),
    ("shops", "awc irclickid irgwc rb_clickid wickedid tracking_source nx_source"),
    ("sessions that stand in an address by mistake", "phpsessid jsessionid"),
];

/// What `ref` says when it says where a reader came from. Elsewhere it names a version of a text.
const REFERRERS: &str = "facebook fb twitter x linkedin telegram whatsapp instagram reddit draugiem hackernews hn \
    producthunt google googlenews google-news upday rss newsletter email e-mail mail share social homepage";

/// Whether a parameter, with its escapes in one form, says nothing about the article.
pub(super) fn tracks(name: &str, value: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let value = value.to_ascii_lowercase();
    match name.as_str() {
        "amp" => ["", "1", "true", "yes"].contains(&value.as_str()),
        "outputtype" => value == "amp",
        // The host that the reader came from, as newsletters have it, or its name.
        "ref" => words(REFERRERS).any(|known| known == value) || is_host(&value),
        name => {
            PREFIXES.iter().flat_map(|(_, all)| words(all)).any(|prefix| name.starts_with(prefix))
                || NAMES.iter().flat_map(|(_, all)| words(all)).any(|known| known == name)
        }
    }
}

fn words(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.split_ascii_whitespace()
}
