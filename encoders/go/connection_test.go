package graft

import (
	"cmp"
	"encoding/json"
	"errors"
	"maps"
	"net/url"
	"os"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/uuid"
)

func TestAHostAloneGetsSparksDefaults(t *testing.T) {
	target, err := parseConnectionString("sc://spark.example.org")
	if err != nil {
		t.Fatal(err)
	}
	if target.host != "spark.example.org" || target.port != 15002 || target.userID != systemUser() || target.tls ||
		target.maxMessageSize != 134_217_728 || len(target.headers) != 0 || uuid.Validate(target.sessionID) != nil ||
		target.userAgent != "graft-encoder-go" {
		t.Errorf("%+v", target)
	}
}

// addressFile is ../vectors/addresses.json; ../vectors/README.md says what is in it.
type addressFile struct {
	Taken []struct {
		Address        string
		Host           string
		Port           int
		TLS            bool
		Token          string
		UserID         string `json:"user_id"`
		SessionID      string `json:"session_id"`
		UserAgent      string `json:"user_agent"`
		MaxMessageSize int    `json:"grpc_max_message_size"`
		Headers        map[string]string
	}
	Refused []struct{ Address, Why string }
}

func readAddresses(t *testing.T) addressFile {
	t.Helper()
	text, err := os.ReadFile("../vectors/addresses.json")
	if err != nil {
		t.Fatal(err)
	}
	var file addressFile
	if err := json.Unmarshal(text, &file); err != nil {
		t.Fatal(err)
	}
	if len(file.Taken) == 0 || len(file.Refused) == 0 {
		t.Fatal("there are no addresses")
	}
	return file
}

func TestAnAddressIsReadAsTheVectorsSay(t *testing.T) {
	for _, each := range readAddresses(t).Taken {
		target, err := parseConnectionString(each.Address)
		if err != nil {
			t.Errorf("%s: %v", each.Address, err)
			continue
		}
		wanted := *target
		wanted.host, wanted.port, wanted.tls, wanted.token = strings.Trim(each.Host, "[]"), each.Port, each.TLS, each.Token
		wanted.userID = cmp.Or(each.UserID, systemUser())
		wanted.sessionID = cmp.Or(each.SessionID, target.sessionID)
		wanted.userAgent = cmp.Or(each.UserAgent, defaultUserAgent)
		wanted.maxMessageSize = cmp.Or(each.MaxMessageSize, defaultMaxMessageSize)
		wanted.headers = map[string]string{}
		maps.Copy(wanted.headers, each.Headers)
		if !reflect.DeepEqual(*target, wanted) {
			t.Errorf("%s: %+v, not %+v", each.Address, *target, wanted)
		}
	}
}

func FuzzAPercentEncodedValueComesBackAsItWas(f *testing.F) {
	for _, each := range []string{"ada", "a b+c", "é;=%", "\x00", "日本"} {
		f.Add(each)
	}
	f.Fuzz(func(t *testing.T, user string) {
		if user == "" || !utf8.ValidString(user) {
			t.Skip()
		}
		target, err := parseConnectionString("sc://host/;user_id=" + strings.ReplaceAll(url.QueryEscape(user), "+", "%20"))
		if err != nil || target.userID != user {
			t.Errorf("%q: %v", user, err)
		}
	})
}

func FuzzNoConnectionStringPanics(f *testing.F) {
	f.Add("sc://host:1/;token=a;use_ssl=false")
	f.Fuzz(func(t *testing.T, text string) {
		if target, err := parseConnectionString(text); err == nil && (target.port < 1 || target.host == "") {
			t.Errorf("%q: %+v", text, target)
		}
	})
}

func TestWhatCannotBeUsedIsRefusedWithTheReason(t *testing.T) {
	for _, each := range readAddresses(t).Refused {
		_, err := parseConnectionString(each.Address)
		var refused *Error
		if !errors.As(err, &refused) || refused.Code != ConnectionInvalid {
			t.Errorf("%s: %v", each.Address, err)
			continue
		}
		said := err.Error()
		if !strings.HasPrefix(said, "[GRAFT_CONNECTION_INVALID] The connection string cannot be used: ") ||
			!strings.Contains(said, each.Why) || strings.Contains(said, "secret") ||
			!strings.HasSuffix(said, "Its shape is sc://host:port/;name=value;name=value") {
			t.Errorf("%s: %s", each.Address, said)
		}
	}
}
